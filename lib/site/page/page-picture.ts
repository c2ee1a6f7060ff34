import type { PictureText } from "../picture/picture-text.ts";

/** The picture that messengers show for a page. */
export interface PagePicture {
  text: PictureText;
  /** Path from the site's root. */
  path: string;
  /** Changes with the picture: messengers keep what they fetched from an address. */
  query: string;
}

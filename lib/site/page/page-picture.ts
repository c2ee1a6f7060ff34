import type { PictureText } from "../picture/picture-text.ts";

/** The link preview picture of a page. */
export interface PagePicture {
  text: PictureText;
  /** Path from the site's root. */
  path: string;
  /** Changes with the picture, because messengers cache by address. */
  query: string;
}

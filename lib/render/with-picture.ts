import { sha256 } from "../ports/sha256.ts";
import type { PageEnvironment } from "../site/page/page-frame.tsx";
import type { PagePicture } from "../site/page/page-picture.ts";
import { drawPicture } from "../site/picture/draw-picture.ts";
import type { PictureText } from "../site/picture/picture-text.ts";

/** A picture that is drawn only if it is not stored yet. */
export interface Picture {
  /** Equal inputs draw equal pictures. */
  input: string;
  draw(): Uint8Array;
}

const pictureOf = (text: PictureText): Picture => ({ input: JSON.stringify(text), draw: () => drawPicture(text) });

interface Pictured {
  path: string;
  env: PageEnvironment;
  picture?: PagePicture;
}

/** Adds a picture to a page. Messengers need absolute addresses, so a site without an address has no pictures. */
export function withPicture<Page extends Pictured>(page: Page, text: PictureText | undefined): Page & Pick<Pictured, "picture"> {
  if (!text || page.env.site === undefined) return page;
  return { ...page, picture: { text, path: `${page.path}card.png`, query: sha256(JSON.stringify(text)).slice(0, 8) } };
}

/** Key and picture of a page; empty if it has none. */
export const pictureFiles = ({ picture }: { picture?: PagePicture }): [key: string, picture: Picture][] =>
  picture ? [[`pages${picture.path}`, pictureOf(picture.text)]] : [];

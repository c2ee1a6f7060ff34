import { environmentWithoutScript, pageEnvironment } from "../site/page-environment.ts";
import { missingPage } from "../site/pages.tsx";
import { encodePng } from "../site/picture/encode-png.ts";
import type { Site } from "./site.ts";

export const gonePage = (site: Site): Promise<string> => missingPage(environmentWithoutScript(pageEnvironment("/assets/", site.url)));

/** The picture of a page that no release has any more: two white pixels. */
const GONE_PICTURE = encodePng(2, 1, ["#ffffff"], new Uint8Array(2));

/** The content that replaces a page or a picture that no release has any more. */
export const goneBody = async (site: Site, key: string): Promise<Buffer> =>
  Buffer.from(key.endsWith(".png") ? GONE_PICTURE : await gonePage(site));

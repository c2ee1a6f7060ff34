import { environmentWithoutScript, pageEnvironment } from "../site/page-environment.ts";
import { missingPage } from "../site/pages.tsx";
import { encodePng } from "../site/picture/encode-png.ts";
import type { Site } from "./site.ts";

export const gonePage = (site: Site): Promise<string> => missingPage(environmentWithoutScript(pageEnvironment("/assets/", site.url)));

/** Of a page that is gone: two pixels of white. */
const GONE_PICTURE = encodePng(2, 1, ["#ffffff"], new Uint8Array(2));

/** Replaces a page, or its picture, that no release has any more. */
export const goneBody = async (site: Site, key: string): Promise<Buffer> =>
  Buffer.from(key.endsWith(".png") ? GONE_PICTURE : await gonePage(site));

import { environmentWithoutScript, pageEnvironment } from "../site/page-environment.ts";
import { missingPage } from "../site/pages.tsx";
import { encodePng } from "../site/picture/encode-png.ts";
import type { Site } from "./site.ts";

/** The picture of a page that no release has any more: two white pixels. */
const GONE_PICTURE = encodePng(2, 1, ["#ffffff"], new Uint8Array(2));

/** The page that replaces one that no release of its dataset has any more. */
function gonePage(site: Site, key: string): Promise<string> {
  const name = key.split("/")[1] ?? "";
  return missingPage(environmentWithoutScript(pageEnvironment("/assets/", site.url)), [{ name, title: name }]);
}

/** The content that replaces a page or a picture that no release has any more. */
export const goneBody = async (site: Site, key: string): Promise<Buffer> =>
  Buffer.from(key.endsWith(".png") ? GONE_PICTURE : await gonePage(site, key));

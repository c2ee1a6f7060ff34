import { keyOfSlug } from "../site/explorer/page-slug.ts";
import { rowHref } from "../site/explorer/row-anchor.ts";
import { environmentWithoutScript, pageEnvironment } from "../site/page-environment.ts";
import { missingPage } from "../site/pages.tsx";
import { encodePng } from "../site/picture/encode-png.ts";
import type { Site } from "./site.ts";

/** The picture that replaces one that no release has any more: two white pixels. */
const EMPTY_PICTURE = encodePng(2, 1, ["#ffffff"], new Uint8Array(2));

/** The page that replaces one that no release of its dataset has any more. The page of a record links to its row. */
function formerPage(site: Site, key: string): Promise<string> {
  const [, name = "", table = "", slug, ...rest] = key.split("/");
  const row = slug !== undefined && rest.join() === "index.html" ? `/${name}/${rowHref(table, keyOfSlug(slug))}` : undefined;
  const env = environmentWithoutScript(pageEnvironment("/assets/", site.url));
  return missingPage(env, [{ name, title: name }], row);
}

/** The content that replaces a page or a picture that no release has any more. */
export const formerPageBody = async (site: Site, key: string): Promise<Buffer> =>
  Buffer.from(key.endsWith(".png") ? EMPTY_PICTURE : await formerPage(site, key));

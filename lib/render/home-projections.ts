import { MISSING_PAGE } from "../contract/missing-page.ts";
import type { Store } from "../ports/ports.ts";
import { readCatalogue } from "../ports/read-catalogue.ts";
import { storedRelease } from "../ports/stored-release.ts";
import { findDatasetEnd } from "../release/dataset-end.ts";
import { releasesInForce } from "../release/releases-in-force.ts";
import { LISTED_VERSIONS } from "../site/limits.ts";
import { environmentWithoutScript, environmentWithVerifyScript, pageEnvironment } from "../site/page-environment.ts";
import { homePage, missingPage, verifyPage } from "../site/pages.tsx";
import { robots } from "../site/robots.ts";
import { sitemap } from "../site/sitemap.ts";
import { readPagePaths } from "./page-paths-object-key.ts";
import { readReleasePackage } from "./release-package.ts";
import type { Site } from "./site.ts";

/** The keys of pages that belong to no dataset. */
export const HOME = ["pages/index.html", MISSING_PAGE, "pages/verify/index.html", "pages/robots.txt", "pages/sitemap.xml"] as const;

/** Renders each page that belongs to no dataset. `names`: all datasets of the store. */
export function homeProjections(
  store: Pick<Store, "get" | "read">,
  names: readonly string[],
  site: Site,
): Record<(typeof HOME)[number], () => Promise<string>> {
  const env = pageEnvironment("/assets/", site.url);
  const listDatasets = async () => {
    const datasets = [];
    for (const name of names) {
      const stored = await readCatalogue(store, name);
      const inForce = stored ? releasesInForce(stored.catalogue) : [];
      const [newest] = inForce;
      if (!newest) continue;
      const listed = inForce.slice(0, LISTED_VERSIONS);
      const comparisons = listed.slice(0, -1).map(({ version, date }, i) => ({ from: listed[i + 1]?.version ?? "", to: version, date }));
      const { title, description } = await readReleasePackage(storedRelease(store, `${name}/${newest.version}`));
      const end = findDatasetEnd(site.ended, name);
      const paths = await readPagePaths(store, name);
      datasets.push({
        name,
        title,
        description,
        version: newest.version,
        date: newest.date,
        paths,
        comparisons,
        ...(end ? { ended: end } : {}),
      });
    }
    return datasets;
  };
  return {
    "pages/index.html": async () => homePage(await listDatasets(), environmentWithoutScript(env)),
    [MISSING_PAGE]: async () => missingPage(environmentWithoutScript(env), await listDatasets()),
    "pages/verify/index.html": () => verifyPage(environmentWithVerifyScript(env)),
    "pages/robots.txt": async () => robots(site.url),
    "pages/sitemap.xml": async () => sitemap(site.url ?? "", await listDatasets()),
  };
}

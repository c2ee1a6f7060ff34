import type { ReleaseFolder, Store } from "../ports/ports.ts";
import { type Catalogue, catalogueText, offeredReleases } from "../release/catalogue.ts";
import { type DatasetEnd, endOf } from "../release/dataset-end.ts";
import { parseCatalogue } from "../release/parse-catalogue.ts";
import { removedReason } from "../release/withdrawn-reason.ts";
import { FEED_ENTRIES, feed } from "../site/feed.ts";
import { environmentWithoutScript, environmentWithVerifyScript, pageEnvironment } from "../site/page-environment.ts";
import {
  cardPage,
  homePage,
  listPageTexts,
  nothingCurrentPage,
  releasePage,
  removedPage,
  sourcePage,
  subjectPage,
  verifyPage,
} from "../site/pages.tsx";
import { robots } from "../site/robots.ts";
import { sitemap } from "../site/sitemap.ts";
import { gonePage } from "./gone-body.ts";
import { linesKey } from "./lines-key.ts";
import { loadRelease } from "./load-release.ts";
import { pagePathsKey, readPagePaths } from "./page-paths-key.ts";
import { readReleasePackage } from "./release-package.ts";
import type { Site } from "./site.ts";
import { type Picture, pictureFiles } from "./with-picture.ts";

type Stored = Pick<Store, "get" | "read">;

/** The files of a release in a store. */
export const storedRelease = (store: Stored, prefix: string): ReleaseFolder => ({
  bytes: async (name) => (await store.get(`${prefix}/${name}`))?.bytes,
  read: (name) => store.read(`${prefix}/${name}`),
});

/** Pages or a feed: their input, and how they are rendered. */
export interface ReleaseProjection {
  id: string;
  /** Equal inputs render equal texts. */
  input: string;
  render(): AsyncGenerator<RenderedFile>;
}

/** A text or a picture. Those of a later stage link to those before, and are written after them. */
export type RenderedFile = [key: string, body: string | Picture, stage: 0 | 1 | 2];

async function* releaseProjection(
  store: Stored,
  catalogue: Catalogue,
  site: Site,
  version: string,
  isNewest: boolean,
): ReturnType<ReleaseProjection["render"]> {
  const { dataset: name } = catalogue;
  const folder = storedRelease(store, `${name}/${version}`);
  const env = pageEnvironment("/assets/", site.url);
  const key = `pages/${name}/${version}/index.html`;
  const removed = removedReason(catalogue, version);
  if (removed !== undefined) {
    const { title } = await readReleasePackage(folder);
    yield [key, await removedPage({ name, title, version, reason: removed, env: environmentWithoutScript(env) }), 0];
    return;
  }
  const rest = `${name}/explorer/${version}.json`;
  const repository = site.repository && { url: site.repository.url, folder: `${site.repository.data}/${name}` };
  const loaded = await loadRelease(folder, version, catalogue, isNewest, {
    base: `/${name}/${version}/`,
    rest: `/${rest}`,
    lines: `/${linesKey(name, version).replace("pages/", "")}`,
    env,
    ...(repository ? { repository } : {}),
  });
  for (const page of [loaded.page, ...loaded.subjects, ...loaded.sources, ...loaded.cards])
    for (const [key, picture] of pictureFiles(page)) yield [key, picture, 0];
  if (loaded.rest !== undefined) yield [`pages/${rest}`, loaded.rest, 0];
  const end = isNewest ? endOf(site.ended, name) : undefined;
  const ended = end ? { ended: end } : {};
  const plainEnv = environmentWithoutScript(env);
  for (const subject of loaded.subjects)
    yield [`pages${subject.path}index.html`, await subjectPage({ ...subject, ...ended, env: plainEnv }), 1];
  for (const source of loaded.sources) yield [`pages${source.path}index.html`, await sourcePage({ ...source, ...ended, env: plainEnv }), 1];
  for (const card of loaded.cards) yield [`pages${card.path}index.html`, await cardPage({ ...card, ...ended }), 1];
  const lists = await listPageTexts({ ...loaded.page, ...ended, env: plainEnv });
  for (const [path, text] of lists) yield [`pages${path}index.html`, text, 1];
  const paths = [...lists.map(([path]) => path), ...[...loaded.subjects, ...loaded.sources, ...loaded.cards].map(({ path }) => path)];
  if (paths.length > 0) yield [pagePathsKey(name), `${JSON.stringify(paths)}\n`, 1];
  const page = await releasePage({ ...loaded.page, ...ended });
  yield [key, page, 2];
  if (isNewest) yield [`pages/${name}/index.html`, page, 2];
}

async function* feedProjection(store: Stored, catalogue: Catalogue, end: DatasetEnd | undefined): ReturnType<ReleaseProjection["render"]> {
  const { dataset: name, releases, removed } = catalogue;
  const gone = new Set(removed.map(({ version }) => version));
  const changes = new Map<string, string>();
  for (const [i, { version }] of releases.slice(0, FEED_ENTRIES).entries()) {
    // A difference from a removed release would quote it.
    const hidden = gone.has(version) || gone.has(releases[i + 1]?.version ?? "");
    const text = hidden ? undefined : await store.get(`${name}/${version}/CHANGES.md`);
    if (text) changes.set(version, Buffer.from(text.bytes).toString("utf8"));
  }
  const newest = offeredReleases(catalogue)[0] ?? releases[0];
  const title = newest ? (await readReleasePackage(storedRelease(store, `${name}/${newest.version}`))).title : name;
  yield [`${name}/feed.xml`, feed(catalogue, title, changes, end), 0];
}

/**
 * Every page and feed of a dataset. A page of an older release does not depend on which is the newest, so that a new
 * release changes its own page, the one of the release before it, the dataset's, those of its subjects and the feed.
 */
export function releaseProjections(store: Stored, catalogue: Catalogue, site: Site): ReleaseProjection[] {
  const { dataset: name, releases } = catalogue;
  const newest = offeredReleases(catalogue)[0];
  const end = endOf(site.ended, name);
  const ended = end ? { ended: end } : {};
  const events = new Map<string, unknown[]>();
  for (const event of [...catalogue.withdrawn, ...catalogue.removed])
    events.set(event.version, [...(events.get(event.version) ?? []), event]);
  const recent = [releases.slice(0, 50), releases.length, releases.slice(0, 50).map(({ version }) => events.get(version))];
  const projections = releases.map(({ version, manifest }, i): ReleaseProjection => {
    const isNewest = version === newest?.version;
    const state = {
      manifest,
      before: [releases[i + 1]?.manifest, removedReason(catalogue, releases[i + 1]?.version ?? "")],
      newest: isNewest,
      events: events.get(version) ?? [],
      recent: isNewest ? recent : [],
      ...(isNewest ? ended : {}),
    };
    return { id: version, input: JSON.stringify(state), render: () => releaseProjection(store, catalogue, site, version, isNewest) };
  });
  const [latest] = releases;
  if (!latest) return [];
  if (!newest)
    projections.push({
      id: "nothing",
      input: JSON.stringify([recent, "nothing", ended]),
      async *render() {
        const { title } = await readReleasePackage(storedRelease(store, `${name}/${latest.version}`));
        yield [
          `pages/${name}/index.html`,
          await nothingCurrentPage({
            ...{ name, title, catalogue, ...ended },
            env: environmentWithoutScript(pageEnvironment("/assets/", site.url)),
          }),
          0,
        ];
      },
    });
  projections.push({
    id: "feed",
    input: `${catalogueText(catalogue)}${end ? JSON.stringify(end) : ""}`,
    render: () => feedProjection(store, catalogue, end),
  });
  return projections;
}

/** The pages of the site that belong to no dataset. */
export const HOME = ["pages/index.html", "pages/404.html", "pages/verify/index.html", "pages/robots.txt", "pages/sitemap.xml"] as const;

export function homeProjections(store: Stored, names: readonly string[], site: Site): Record<(typeof HOME)[number], () => Promise<string>> {
  const env = pageEnvironment("/assets/", site.url);
  const listed = async () => {
    const datasets = [];
    for (const name of names) {
      const stored = await store.get(`${name}/releases.json`);
      const newest = stored && offeredReleases(parseCatalogue(stored.bytes))[0];
      if (!newest) continue;
      const { title, description } = await readReleasePackage(storedRelease(store, `${name}/${newest.version}`));
      const end = endOf(site.ended, name);
      const paths = await readPagePaths(store, name);
      datasets.push({ name, title, description, version: newest.version, date: newest.date, paths, ...(end ? { ended: end } : {}) });
    }
    return datasets;
  };
  return {
    "pages/index.html": async () => homePage(await listed(), environmentWithoutScript(env)),
    "pages/404.html": () => gonePage(site),
    "pages/verify/index.html": () => verifyPage(environmentWithVerifyScript(env)),
    "pages/robots.txt": async () => robots(site.url),
    "pages/sitemap.xml": async () => sitemap(site.url ?? "", await listed()),
  };
}

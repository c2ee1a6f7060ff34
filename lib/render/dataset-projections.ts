import { feedObjectKey } from "../contract/feed-object-key.ts";
import { CHANGES_TEXT_FILE } from "../contract/release-files.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import { changesSummary } from "../release/changes-summary.ts";
import { comparedEntry } from "../release/compared-entry.ts";
import { type DatasetEnd, findDatasetEnd } from "../release/dataset-end.ts";
import { releasesInForce } from "../release/releases-in-force.ts";
import { removedReason } from "../release/removed-reason.ts";
import { FEED_ENTRIES, feed } from "../site/feed.ts";
import { FIRST_VERSIONS } from "../site/limits.ts";
import type { PageEnvironment } from "../site/page/page-frame.tsx";
import { environmentWithCopyScript, environmentWithoutScript, pageEnvironment } from "../site/page-environment.ts";
import { cardPage, listPageTexts, nothingCurrentPage, releasePage, removedPage, sourcePage, subjectPage } from "../site/pages.tsx";
import { type LoadedRelease, loadRelease } from "./load-release.ts";
import { pagePathsObjectKey } from "./page-paths-object-key.ts";
import { readChangesHead } from "./read-changes-head.ts";
import { recordLinesObjectKey } from "./record-lines-object-key.ts";
import { readReleasePackage } from "./release-package.ts";
import type { Site } from "./site.ts";
import { type Picture, pictureFiles } from "./with-picture.ts";

/** A text or a picture. Files of a later stage link to earlier ones and are therefore written after them. */
type RenderedFile = [key: string, body: string | Picture, stage: 0 | 1 | 2];

type RenderedFiles = AsyncGenerator<RenderedFile>;

/** Pages or a feed: their input, and a function that renders them. */
export interface DatasetProjection {
  id: string;
  /** Equal inputs render equal texts. */
  input: string;
  /** Whether it is the page of the newest release. */
  isNewest?: boolean;
  render(): RenderedFiles;
}

/** Number of releases that the page of the newest release lists. */
const RECENT = 50;

/**
 * Every page and feed of a dataset. The page of an older release does not depend on the newest release. A new release therefore changes
 * only its own page, the page of the previous release, those of the dataset and its subjects, and the feed.
 */
export const datasetProjections = (
  openRelease: (version: string) => ReleaseFolder,
  catalogue: Catalogue,
  site: Site,
): DatasetProjection[] => new ReleaseRenderer(openRelease, catalogue, site).projections();

class ReleaseRenderer {
  readonly #openRelease: (version: string) => ReleaseFolder;
  readonly #catalogue: Catalogue;
  readonly #site: Site;
  readonly #env: PageEnvironment;
  readonly #ended: { ended?: DatasetEnd };

  constructor(openRelease: (version: string) => ReleaseFolder, catalogue: Catalogue, site: Site) {
    this.#openRelease = openRelease;
    this.#catalogue = catalogue;
    this.#site = site;
    this.#env = pageEnvironment("/assets/", site.url);
    const ended = findDatasetEnd(site.ended, catalogue.dataset);
    this.#ended = ended ? { ended } : {};
  }

  projections(): DatasetProjection[] {
    const { releases, withdrawn, removed } = this.#catalogue;
    const [latest] = releases;
    if (!latest) return [];
    const newest = releasesInForce(this.#catalogue)[0];
    const events = new Map<string, unknown[]>();
    for (const event of [...withdrawn, ...removed]) events.set(event.version, [...(events.get(event.version) ?? []), event]);
    const listed = releases.slice(0, RECENT);
    const recent = [listed, releases.length, listed.map(({ version }) => events.get(version))];
    const projections = releases.map(({ version, manifest }, i): DatasetProjection => {
      const isNewest = version === newest?.version;
      const compared = comparedEntry(this.#catalogue, version);
      const state = {
        manifest,
        before: [releases[i + 1]?.manifest, removedReason(this.#catalogue, compared?.version ?? "")],
        newest: isNewest,
        events: events.get(version) ?? [],
        recent: isNewest ? recent : [],
        ...(isNewest ? this.#ended : {}),
      };
      return { id: version, input: JSON.stringify(state), isNewest, render: () => this.#release(version, isNewest) };
    });
    if (!newest)
      projections.push({
        id: "nothing",
        input: JSON.stringify([recent, "nothing", this.#ended]),
        render: () => this.#nothingCurrent(latest.version),
      });
    const { ended } = this.#ended;
    projections.push({
      id: "feed",
      input: `${catalogueText(this.#catalogue)}${ended ? JSON.stringify(ended) : ""}`,
      render: () => this.#feed((newest ?? latest).version),
    });
    return projections;
  }

  async #title(version: string): Promise<string> {
    return (await readReleasePackage(this.#openRelease(version))).title;
  }

  async *#release(version: string, isNewest: boolean): RenderedFiles {
    const { dataset: name } = this.#catalogue;
    const key = `pages/${name}/${version}/index.html`;
    const reason = removedReason(this.#catalogue, version);
    if (reason !== undefined) {
      const title = await this.#title(version);
      yield [key, await removedPage({ name, title, version, reason, env: environmentWithoutScript(this.#env) }), 0];
      return;
    }
    const { repository } = this.#site;
    const rest = `${name}/explorer/${version}.json`;
    const loaded = await loadRelease(
      this.#openRelease(version),
      { version, catalogue: this.#catalogue, isNewest },
      {
        base: `/${name}/${version}/`,
        rest: `/${rest}`,
        lines: `/${recordLinesObjectKey(name, version).replace("pages/", "")}`,
        env: this.#env,
        ...(repository ? { repository: { ...repository, folder: `${repository.data}/${name}` } } : {}),
      },
    );
    for (const page of [loaded.page, ...loaded.subjects, ...loaded.sources, ...loaded.cards])
      for (const [key, picture] of pictureFiles(page)) yield [key, picture, 0];
    if (loaded.rest !== undefined) yield [`pages/${rest}`, loaded.rest, 0];
    const ended = isNewest ? this.#ended : {};
    yield* this.#linkedPages(loaded, ended);
    const page = await releasePage({ ...loaded.page, ...ended, ...(isNewest ? { summaries: await this.#summaries() } : {}) });
    yield [key, page, 2];
    if (isNewest) yield [`pages/${name}/index.html`, page, 2];
  }

  /** The pages that the page of the newest release links to, and the list of their paths. */
  async *#linkedPages({ page, subjects, sources, cards }: LoadedRelease, ended: { ended?: DatasetEnd }): RenderedFiles {
    const env = environmentWithoutScript(this.#env);
    const copying = environmentWithCopyScript(this.#env);
    for (const subject of subjects) yield [`pages${subject.path}index.html`, await subjectPage({ ...subject, ...ended, env: copying }), 1];
    for (const source of sources) yield [`pages${source.path}index.html`, await sourcePage({ ...source, ...ended, env }), 1];
    for (const card of cards) yield [`pages${card.path}index.html`, await cardPage({ ...card, ...ended, env: copying }), 1];
    const lists = await listPageTexts({ ...page, ...ended, env });
    for (const [path, text] of lists) yield [`pages${path}index.html`, text, 1];
    const paths = [...lists.map(([path]) => path), ...[...subjects, ...sources, ...cards].map(({ path }) => path)];
    if (paths.length > 0) yield [pagePathsObjectKey(this.#catalogue.dataset), `${JSON.stringify(paths)}\n`, 1];
  }

  /** The page of a dataset whose releases are all withdrawn or removed. */
  async *#nothingCurrent(latest: string): RenderedFiles {
    const [name, title] = [this.#catalogue.dataset, await this.#title(latest)];
    const env = environmentWithoutScript(this.#env);
    yield [`pages/${name}/index.html`, await nothingCurrentPage({ name, title, catalogue: this.#catalogue, ...this.#ended, env }), 0];
  }

  /** Some of the newest releases whose changes may be shown: the difference from a removed release would quote that release. */
  #changedVersions(most: number): string[] {
    const { releases, removed } = this.#catalogue;
    const removedVersions = new Set(removed.map(({ version }) => version));
    return releases.slice(0, most).flatMap(({ version }) => {
      const compared = comparedEntry(this.#catalogue, version)?.version;
      return compared === undefined || removedVersions.has(version) || removedVersions.has(compared) ? [] : [version];
    });
  }

  /** Version → what changed, in a sentence, of the releases that a page lists openly. */
  async #summaries(): Promise<Map<string, string>> {
    const summaries = new Map<string, string>();
    for (const version of this.#changedVersions(FIRST_VERSIONS)) {
      const changes = await readChangesHead(this.#openRelease(version), version);
      if (changes) summaries.set(version, changesSummary(changes));
    }
    return summaries;
  }

  async *#feed(newest: string): RenderedFiles {
    const changes = new Map<string, string>();
    for (const version of this.#changedVersions(FEED_ENTRIES)) {
      const text = await this.#openRelease(version).bytes(CHANGES_TEXT_FILE);
      if (text) changes.set(version, Buffer.from(text).toString("utf8"));
    }
    yield [feedObjectKey(this.#catalogue.dataset), feed(this.#catalogue, await this.#title(newest), changes, this.#ended.ended), 0];
  }
}

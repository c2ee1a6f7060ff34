import type { JsonRecord } from "../../../lib/formats/value.ts";
import type { ReleaseFolder } from "../../../lib/ports/ports.ts";
import { type Catalogue, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { loadRelease } from "../../../lib/render/load-release.ts";
import type { PagePicture } from "../../../lib/site/page/page-picture.ts";
import type { ReleasePage } from "../../../lib/site/page/release-page.ts";
import { cardPage, listPageTexts, releasePage, sourcePage, subjectPage } from "../../../lib/site/pages.tsx";

/** A dataset as its files hold it. */
export interface Given {
  dataset: JsonRecord;
  schema: object;
  tables: Record<string, JsonRecord[]>;
  /** Types of the columns of each CSV, as datapackage.json names them. */
  fields?: Record<string, string[]>;
}

/** Which release of it is shown: the first, where nothing is said. */
export interface Shown {
  version?: string | null;
  isNewest?: boolean;
  catalogue?: object;
  /** The text of changes.json. */
  changes?: object;
  repository?: { url: string; folder: string };
  lines?: string;
}

const columnsOf = (schema: object, table: string): object =>
  (schema as { properties: Record<string, { items: { properties: object } }> }).properties[table]?.items.properties ?? {};

function resourceOf({ schema, fields = {} }: Given, table: string, path: string): object {
  const types = path.endsWith(".csv") ? fields[table] : undefined;
  return {
    ...{ path, bytes: 1_000 * path.length, hash: `sha256:${"0".repeat(64)}` },
    ...(types
      ? { schema: { fields: Object.keys(columnsOf(schema, table)).map((name, i) => ({ name, type: types[i] ?? "string" })) } }
      : {}),
  };
}

/** The files of a release that pages are made of. */
function releaseFolder(given: Given, changes: object | undefined): ReleaseFolder {
  const { dataset, schema, tables } = given;
  const resources = Object.keys(tables).flatMap((name) =>
    [`${name}.csv`, `${name}.json`, `${name}.ndjson`].map((path) => resourceOf(given, name, path)),
  );
  resources.push(resourceOf(given, "", `${String(dataset["name"])}.json`));
  if (changes) resources.push({ path: "changes.json", bytes: 2_000, hash: `sha256:${"1".repeat(64)}` });
  const files = new Map<string, string>([
    ["datapackage.json", JSON.stringify({ ...dataset, created: "2026-01-02T03:04:05Z", commit: "0".repeat(40), resources })],
    ["schema.json", JSON.stringify(schema)],
    ["changes.json", JSON.stringify(changes ?? {})],
    ...Object.entries(tables).map(
      ([name, records]) => [`${name}.ndjson`, records.map((record) => `${JSON.stringify(record)}\n`).join("")] as const,
    ),
  ]);
  return {
    bytes: (name) => Promise.resolve(files.has(name) ? Buffer.from(files.get(name) ?? "") : undefined),
    async *read(name) {
      yield Buffer.from(files.get(name) ?? "");
    },
  };
}

export interface Pages {
  page: ReleasePage;
  html: string;
  /** The page as it is once a reader asked for all rows. */
  whole: string;
  /** Key of a subject → its page. */
  subjects: Map<string, string>;
  /** Key of a source → its page. */
  sources: Map<string, string>;
  /** Path of a card → the card. */
  cards: Map<string, string>;
  /** Each picture that pages name. */
  pictures: PagePicture[];
  /** Path of a list that the page leaves out → its page. */
  lists: Map<string, string>;
  /** The rows that the page leaves out. */
  rest: string | undefined;
}

/** The static pages of a release: what readers without scripts see, and what scripts begin with. */
export async function pagesOf(given: Given, shown: Shown = {}): Promise<Pages> {
  const { version = "1.0.0", isNewest = true, repository, lines } = shown;
  const name = String(given.dataset["name"]);
  const releases = [{ version: "1.0.0", date: "2026-01-02T03:04:05Z", level: "major" }];
  const catalogue = { ...emptyCatalogue(name), releases, ...shown.catalogue } as unknown as Catalogue;
  const { page, subjects, sources, cards, rest } = await loadRelease(
    releaseFolder(given, shown.changes),
    { version, catalogue, isNewest },
    {
      base: `/${name}/${version}/`,
      rest: "/rest.json",
      env: {
        assets: "/assets/",
        style: "style.css",
        css: "body{margin:0}",
        script: "page.js",
        composer: "compose-changes.js",
        site: "https://data.example",
      },
      ...(repository ? { repository } : {}),
      ...(lines ? { lines } : {}),
    },
  );
  const written = await Promise.all(subjects.map(async (subject) => [subject.key, await subjectPage(subject)] as const));
  const cited = await Promise.all(sources.map(async (source) => [source.key, await sourcePage(source)] as const));
  const { main } = page;
  const whole = await releasePage(main ? { ...page, main: { ...main, model: main.whole } } : page);
  return {
    page,
    html: await releasePage(page),
    whole,
    subjects: new Map(written),
    sources: new Map(cited),
    cards: new Map(await Promise.all(cards.map(async (card) => [card.path, await cardPage(card)] as const))),
    pictures: [page, ...subjects, ...sources, ...cards].flatMap(({ picture }) => picture ?? []),
    lists: new Map(await listPageTexts(page)),
    rest,
  };
}

import { createHash } from "node:crypto";
import { planTable, type Schema } from "../dataset/table-plan.ts";
import { keyText } from "../engine/engine.ts";
import type { JsonRecord } from "../export/cells.ts";
import { aliasEntries } from "../release/aliases.ts";
import { type Catalogue, emptyCatalogue, parseCatalogue } from "../release/catalogue.ts";
import { feed } from "../site/feed.ts";
import { homePage, missingPage, type PageTable, type ReleasePage, releasePage } from "../site/page.tsx";
import { STYLE } from "../site/style.ts";
import { lines } from "./compare-records.ts";
import type { Aliases, Store } from "./ports.ts";

/** A page shows so many records of a table and names the file with all of them. */
const SHOWN_RECORDS = 500;
const LABELLED_RECORDS = 100_000;

const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");
const STYLE_KEY = `assets/${sha256(STYLE).slice(0, 16)}.css`;
const STYLE_URL = `/${STYLE_KEY}`;

interface Package {
  name: string;
  title: string;
  description: string;
  licenses: ReleasePage["licenses"];
  homepage?: string;
  created?: string;
  resources: { path: string; bytes: number; hash: string }[];
}

/** What a page needs of a folder of release files: a release in the store, or a preview. */
export interface ReleaseFolder {
  bytes(name: string): Promise<Uint8Array | undefined>;
  read(name: string): AsyncIterable<Uint8Array>;
}

/** Where a page will stand, seen from itself. */
export interface PagePlace {
  /** What stands before the name of a file of its release: empty, or a path that ends with `/`. */
  base: string;
  styleUrl: string;
}

/** Renders the page of a release folder. */
export async function renderRelease(
  folder: ReleaseFolder,
  version: string | null,
  catalogue: Catalogue,
  place: PagePlace,
): Promise<string> {
  const json = async (name: string): Promise<unknown> => JSON.parse(Buffer.from((await folder.bytes(name)) ?? "null").toString("utf8"));
  const about = (await json("datapackage.json")) as Package;
  const schema = (await json("schema.json")) as Schema;
  const manifest = (await folder.bytes("SHA256SUMS")) ?? new Uint8Array();
  const labels = new Map<string, Map<string, string>>();
  const tables: PageTable[] = [];
  const plans = Object.keys(schema.properties ?? {}).map((name) => planTable(name, schema));
  const referenced = new Set(plans.flatMap((plan) => plan.referencedTables));
  for (const plan of plans) {
    const table: PageTable = { plan, records: [], count: 0 };
    const known = new Map<string, string>();
    for await (const line of lines(folder.read(`${plan.name}.ndjson`))) {
      table.count += 1;
      const wanted = table.count <= SHOWN_RECORDS;
      if (!wanted && (!referenced.has(plan.name) || table.count > LABELLED_RECORDS)) continue;
      const record = JSON.parse(line) as JsonRecord;
      if (wanted) table.records.push(record);
      const label = plan.labelColumn === undefined ? undefined : record[plan.labelColumn];
      if (typeof label === "string") known.set(keyText(plan, record), label);
    }
    labels.set(plan.name, known);
    tables.push(table);
  }
  const files = [
    ...about.resources.map(({ path, bytes, hash }) => ({ name: path, bytes, sha256: hash.replace("sha256:", "") })),
    { name: "SHA256SUMS", bytes: manifest.length, sha256: sha256(manifest) },
  ];
  return releasePage({
    name: about.name,
    title: about.title,
    description: about.description,
    licenses: about.licenses,
    ...(about.homepage ? { homepage: about.homepage } : {}),
    version,
    date: about.created ?? null,
    catalogue,
    tables,
    files,
    labels,
    ...place,
  });
}

/** The folder of a release in a store. */
const storedRelease = (store: Store, prefix: string): ReleaseFolder => ({
  bytes: async (name) => (await store.get(`${prefix}/${name}`))?.bytes,
  read: (name) => store.read(`${prefix}/${name}`),
});

interface Standing {
  etag: string | null;
  sha256: string | undefined;
}

async function whatStands(store: Store, key: string): Promise<Standing> {
  const stored = await store.get(key);
  return { etag: stored?.etag ?? null, sha256: stored && sha256(stored.bytes) };
}

/** Writes where the text differs from what stood there; false where somebody else was first. */
const replace = async (store: Store, key: string, text: string, before: Standing): Promise<boolean> =>
  before.sha256 === sha256(text) || store.putIfMatch(key, Buffer.from(text), before.etag);

/** One attempt: reads the ETags of what it may replace, then the catalogue, then writes what differs. False: begin again. */
async function project(store: Store, aliases: Aliases, name: string): Promise<Catalogue | undefined> {
  const before = await aliases.read(name);
  const standing = new Map<string, Standing>();
  const look = async (key: string): Promise<void> => void standing.set(key, await whatStands(store, key));
  await look(`pages/${name}/index.html`);
  await look(`${name}/feed.xml`);
  const seen = await store.get(`${name}/releases.json`);
  if (!seen) return emptyCatalogue(name);
  for (const { version } of parseCatalogue(seen.bytes).releases) await look(`pages/${name}/${version}/index.html`);
  const stored = await store.get(`${name}/releases.json`);
  if (!stored) return emptyCatalogue(name);
  const catalogue = parseCatalogue(stored.bytes);
  const mark = sha256(Buffer.concat([stored.bytes, Buffer.from(STYLE_URL)]));
  if (before.mark === mark) return catalogue;
  await putAsset(store);
  const put = async (key: string, text: string): Promise<boolean> => {
    // A page that was not looked at before the catalogue was read belongs to a release made since: begin again.
    const before = standing.get(key);
    return before !== undefined && replace(store, key, text, before);
  };
  const newest = catalogue.releases[0]?.version;
  for (const { version } of catalogue.releases) {
    const page = await renderRelease(storedRelease(store, `${name}/${version}`), version, catalogue, {
      base: `/${name}/${version}/`,
      styleUrl: STYLE_URL,
    });
    if (!(await put(`pages/${name}/${version}/index.html`, page))) return undefined;
    if (version === newest && !(await put(`pages/${name}/index.html`, page))) return undefined;
  }
  const about = newest ? await store.get(`${name}/${newest}/datapackage.json`) : undefined;
  const title = about ? (JSON.parse(Buffer.from(about.bytes).toString("utf8")) as Package).title : name;
  if (!(await put(`${name}/feed.xml`, feed(catalogue, title)))) return undefined;
  return (await aliases.write(name, aliasEntries(catalogue), mark, before.etag)) ? catalogue : undefined;
}

async function putAsset(store: Store): Promise<void> {
  const bytes = Buffer.from(STYLE);
  await store.putIfAbsent(STYLE_KEY, {
    bytes: bytes.length,
    sha256: sha256(bytes),
    open: async function* () {
      yield bytes;
    },
  });
}

/** Brings pages, feed and aliases of a dataset to what its catalogue says; the order of reads makes it safe beside others. */
export async function projectDataset(store: Store, aliases: Aliases, name: string): Promise<Catalogue> {
  for (let i = 0; i < 100; i += 1) {
    const done = await project(store, aliases, name);
    if (done) return done;
  }
  throw new Error(`The pages of ${name} were replaced by others a hundred times while they were written`);
}

/** The pages that stand above datasets: the list of them, and the one for missing files. */
export async function projectHome(store: Store, names: readonly string[]): Promise<void> {
  await putAsset(store);
  for (let i = 0; i < 100; i += 1) {
    const home = await whatStands(store, "pages/index.html");
    const missing = await whatStands(store, "pages/404.html");
    const datasets = [];
    for (const name of names) {
      const stored = await store.get(`${name}/releases.json`);
      const version = stored && parseCatalogue(stored.bytes).releases[0]?.version;
      const about = version && (await store.get(`${name}/${version}/datapackage.json`));
      if (!version || !about) continue;
      const { title, description } = JSON.parse(Buffer.from(about.bytes).toString("utf8")) as Package;
      datasets.push({ name, title, description, version });
    }
    if (
      (await replace(store, "pages/index.html", await homePage(datasets, STYLE_URL), home)) &&
      (await replace(store, "pages/404.html", await missingPage(STYLE_URL), missing))
    )
      return;
  }
  throw new Error("The home page was replaced by others a hundred times while it was written");
}

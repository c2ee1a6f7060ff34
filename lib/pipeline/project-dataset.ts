import { aliasChanges, aliasEntries, catalogueAt, type Mark, stateOf } from "../release/aliases.ts";
import { type Catalogue, catalogueText, emptyCatalogue, parseCatalogue, removedReason, standing } from "../release/catalogue.ts";
import { FEED_ENTRIES, feed } from "../site/feed.ts";
import { homePage, missingPage, nothingCurrentPage, releasePage, removedPage } from "../site/page.tsx";
import { sampleTexts } from "../site/sample.ts";
import { STYLE } from "../site/style.ts";
import { bodyOf, sha256 } from "./body.ts";
import { type Aliases, MAX_ALIAS_UPDATE, type ReleaseFolder, type Store } from "./ports.ts";
import { packageOf, pageOf } from "./release-page.ts";

/** What every page names: stored once, under a key made of its hash. */
export const ASSET = { key: `assets/${sha256(STYLE).slice(0, 16)}.css`, text: STYLE };
const STYLE_URL = `/${ASSET.key}`;
/** Names what renders pages here: other code renders the sample otherwise, and then all pages are to be written again. */
let pagesId: Promise<string> | undefined;
const renderedBy = (): Promise<string> => {
  pagesId ??= sampleTexts(STYLE_URL).then((texts) => sha256(texts.join("\n")).slice(0, 16));
  return pagesId;
};

/** The files of a release in a store. */
export const storedRelease = (store: Pick<Store, "get" | "read">, prefix: string): ReleaseFolder => ({
  bytes: async (name) => (await store.get(`${prefix}/${name}`))?.bytes,
  read: (name) => store.read(`${prefix}/${name}`),
});

/** A page or feed: what it is a function of, and how it is made. */
interface Projection {
  key: string;
  /** Equal inputs render equal texts. */
  input: string;
  render(): Promise<string>;
}

/**
 * Every page and feed of a dataset. A page of an older release does not depend on which is the newest, so that a new
 * release changes its own page, the one of the release before it, the dataset's and the feed.
 */
export function projectionsOf(store: Pick<Store, "get" | "read">, catalogue: Catalogue): Projection[] {
  const { dataset: name, releases } = catalogue;
  const newest = standing(catalogue)[0];
  const events = new Map<string, unknown[]>();
  for (const event of [...catalogue.withdrawn, ...catalogue.removed])
    events.set(event.version, [...(events.get(event.version) ?? []), event]);
  const removed = new Set(catalogue.removed.map(({ version }) => version));
  const recent = [releases.slice(0, 50), releases.slice(0, 50).map(({ version }) => events.get(version))];
  const pages = releases.flatMap(({ version, manifest }): Projection[] => {
    const isNewest = version === newest?.version;
    const state = { manifest, newest: isNewest, events: events.get(version) ?? [], recent: isNewest ? recent : [] };
    const render = async (): Promise<string> => {
      const folder = storedRelease(store, `${name}/${version}`);
      const place = { base: `/${name}/${version}/`, styleUrl: STYLE_URL };
      if (removed.has(version)) {
        const { title } = await packageOf(folder);
        return removedPage({ name, title, version, reason: removedReason(catalogue, version) ?? "", styleUrl: STYLE_URL });
      }
      return releasePage(await pageOf(folder, version, catalogue, isNewest, place));
    };
    const page = { key: `pages/${name}/${version}/index.html`, input: JSON.stringify(state), render };
    return isNewest ? [page, { ...page, key: `pages/${name}/index.html` }] : [page];
  });
  if (!newest && releases[0]) {
    const latest = releases[0];
    const render = async (): Promise<string> => {
      const { title } = await packageOf(storedRelease(store, `${name}/${latest.version}`));
      return nothingCurrentPage({ name, title, catalogue, styleUrl: STYLE_URL });
    };
    pages.push({ key: `pages/${name}/index.html`, input: JSON.stringify([recent, "nothing"]), render });
  }
  const renderFeed = async (): Promise<string> => {
    const changes = new Map<string, string>();
    for (const [i, { version }] of releases.slice(0, FEED_ENTRIES).entries()) {
      // What is different from a removed release would quote it.
      const hidden = removed.has(version) || removed.has(releases[i + 1]?.version ?? "");
      const text = hidden ? undefined : await store.get(`${name}/${version}/CHANGES.md`);
      if (text) changes.set(version, Buffer.from(text.bytes).toString("utf8"));
    }
    const newestFolder = releases[0] && storedRelease(store, `${name}/${(newest ?? releases[0]).version}`);
    return feed(catalogue, newestFolder ? (await packageOf(newestFolder)).title : name, changes);
  };
  return releases.length === 0 ? [] : [...pages, { key: `${name}/feed.xml`, input: catalogueText(catalogue), render: renderFeed }];
}

/** What was written before: key → ETag and the input it was rendered from. Only a shortcut: where it is lost, pages are rendered again. */
type Memo = Record<string, { etag: string; input: string }>;

const memoKey = (name: string): string => `.factpress/pages/${name}.json`;

async function readMemo(store: Store, name: string): Promise<{ memo: Memo; etag: string | null }> {
  const stored = await store.get(memoKey(name));
  const file = stored && (JSON.parse(Buffer.from(stored.bytes).toString("utf8")) as { pages: string; memo: Memo });
  return { memo: file?.pages === (await renderedBy()) ? file.memo : {}, etag: stored?.etag ?? null };
}

/** Writes what differs; false where somebody else was first. */
async function writePages(store: Store, catalogue: Catalogue, standingPages: ReadonlyMap<string, string>): Promise<boolean> {
  const { memo, etag } = await readMemo(store, catalogue.dataset);
  const next: Memo = {};
  let changed = false;
  for (const { key, input, render } of projectionsOf(store, catalogue)) {
    const before = standingPages.get(key) ?? null;
    const known = memo[key];
    const hash = sha256(input);
    if (known && known.etag === before && known.input === hash) {
      next[key] = known;
      continue;
    }
    const text = Buffer.from(await render());
    const stands = before === null ? undefined : await store.get(key);
    const same = stands !== undefined && stands.etag === before && text.equals(stands.bytes);
    const written = same ? before : await store.putIfMatch(key, text, before);
    if (written === undefined || written === null) return false;
    next[key] = { etag: written, input: hash };
    changed = true;
  }
  if (changed)
    await store.putIfMatch(memoKey(catalogue.dataset), Buffer.from(`${JSON.stringify({ pages: await renderedBy(), memo: next })}\n`), etag);
  return true;
}

/** So many unfinished updates are told apart; after more, every key is written. */
const MAX_STATES = 8;

/** Brings the aliases to what a catalogue says, fifty keys at a time: exact versions first, `latest` last. */
async function writeAliases(aliases: Aliases, catalogue: Catalogue, before: Mark | undefined, start: string): Promise<boolean> {
  const { dataset } = catalogue;
  const state = stateOf(catalogue);
  const pages = await renderedBy();
  const hashOf = (some: Catalogue | undefined): string | undefined => some && sha256(catalogueText(some));
  const text = hashOf(catalogue) as string;
  const past = before?.states.map((state) => catalogueAt(catalogue, state)) ?? [];
  const isKnown = past.length > 0 && past.length <= MAX_STATES && past.every(Boolean) && hashOf(past.at(-1)) === before?.catalogue;
  const now = aliasEntries(catalogue);
  let changes: Map<string, string | undefined>;
  if (isKnown) changes = aliasChanges([...past.map((some) => aliasEntries(some as Catalogue)), now]);
  else {
    // Nothing is known of what stands there: every key is set, and what belongs to no state goes.
    changes = new Map(now);
    for await (const key of aliases.list(`${dataset}/`)) if (!now.has(key) && key !== `${dataset}/mark`) changes.set(key, undefined);
  }
  const markWith = (states: Mark["states"]): string => JSON.stringify({ states, catalogue: text, pages } satisfies Mark);
  let etag: string | undefined = start;
  const waiting = [...changes];
  while (waiting.length >= MAX_ALIAS_UPDATE) {
    const pending = isKnown ? [...(before as Mark).states, state] : [];
    etag = await aliases.update(new Map([...waiting.splice(0, MAX_ALIAS_UPDATE - 1), [`${dataset}/mark`, markWith(pending)]]), etag);
    if (etag === undefined) return false;
  }
  return (await aliases.update(new Map([...waiting, [`${dataset}/mark`, markWith([state])]]), etag)) !== undefined;
}

const parsed = (text: string | Uint8Array): unknown => {
  try {
    return JSON.parse(typeof text === "string" ? text : Buffer.from(text).toString("utf8"));
  } catch {
    return undefined;
  }
};

/** The mark; undefined where there is none, or none that can be read: then everything is written anew. */
export const parseMark = (text: string | undefined): Mark | undefined => {
  const mark = text === undefined ? undefined : (parsed(text) as Mark | undefined);
  return Array.isArray(mark?.states) && mark.states.length > 0 ? mark : undefined;
};

/** Whether pages and aliases are made from this catalogue by this code. */
export const isCurrent = async (mark: Mark | undefined, catalogue: Catalogue): Promise<boolean> =>
  mark?.states.length === 1 && mark.catalogue === sha256(catalogueText(catalogue)) && (await isRenderedHere(mark));
export const isRenderedHere = async (mark: Mark | undefined): Promise<boolean> => mark?.pages === (await renderedBy());

/** One attempt: reads the ETags of what it may replace, then the catalogue, then writes what differs. Undefined: begin again. */
async function project(store: Store, aliases: Aliases, name: string): Promise<Catalogue | undefined> {
  const etag = await aliases.etag();
  const mark = parseMark(await aliases.get(`${name}/mark`));
  const pages = new Map<string, string>();
  for await (const { key, etag } of store.list(`pages/${name}/`)) pages.set(key, etag);
  const feedBefore = await store.get(`${name}/feed.xml`);
  if (feedBefore) pages.set(`${name}/feed.xml`, feedBefore.etag);
  const stored = await store.get(`${name}/releases.json`);
  if (!stored) return emptyCatalogue(name);
  const catalogue = parseCatalogue(stored.bytes);
  if (await isCurrent(mark, catalogue)) return catalogue;
  await putAsset(store);
  if (!(await writePages(store, catalogue, pages))) return undefined;
  return (await writeAliases(aliases, catalogue, mark, etag)) ? catalogue : undefined;
}

async function putAsset(store: Store): Promise<void> {
  await store.putIfAbsent(ASSET.key, bodyOf(Buffer.from(ASSET.text)));
}

const ATTEMPTS = 100;

/** Brings pages, feed and aliases of a dataset to what its catalogue says; the order of reads makes it safe beside others. */
export async function projectDataset(store: Store, aliases: Aliases, name: string): Promise<Catalogue> {
  for (let i = 0; i < ATTEMPTS; i += 1) {
    const done = await project(store, aliases, name);
    if (done) return done;
  }
  throw new Error(`The pages of ${name} were replaced by others ${ATTEMPTS} times while they were written`);
}

/** Writes where the text differs from what stands there; false where somebody else was first. */
async function replace(store: Store, key: string, render: (before: string | undefined) => Promise<string>): Promise<boolean> {
  const stored = await store.get(key);
  const text = Buffer.from(await render(stored && Buffer.from(stored.bytes).toString("utf8")));
  return (stored && text.equals(stored.bytes)) || (await store.putIfMatch(key, text, stored?.etag ?? null)) !== undefined;
}

async function replaceSurely(store: Store, key: string, render: Parameters<typeof replace>[2]): Promise<void> {
  for (let i = 0; !(await replace(store, key, render)); i += 1)
    if (i >= ATTEMPTS) throw new Error(`${key} was replaced by others ${ATTEMPTS} times while it was written`);
}

const NAMES = ".factpress/datasets.json";

/** Every dataset that was ever published to a store. */
export async function datasetNames(store: Pick<Store, "get">): Promise<string[]> {
  const stored = await store.get(NAMES);
  const names = stored ? parsed(stored.bytes) : [];
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string"))
    throw new Error(`${NAMES} is damaged: it is no list of names. Publish again after deleting it.`);
  return names;
}

/** The pages that stand above datasets, key → how it is made: the list of them, and the one for missing files. */
export function homeProjections(store: Pick<Store, "get" | "read">, names: readonly string[]): Map<string, () => Promise<string>> {
  const home = async (): Promise<string> => {
    const datasets = [];
    for (const name of names) {
      const stored = await store.get(`${name}/releases.json`);
      const version = stored && standing(parseCatalogue(stored.bytes))[0]?.version;
      if (!version) continue;
      const { title, description } = await packageOf(storedRelease(store, `${name}/${version}`));
      datasets.push({ name, title, description, version });
    }
    return homePage(datasets, STYLE_URL);
  };
  return new Map([
    ["pages/index.html", home],
    ["pages/404.html", () => missingPage(STYLE_URL)],
  ]);
}

/** Brings the pages above datasets up to date; datasets that were published before stay listed. */
export async function projectHome(store: Store, published: readonly string[]): Promise<void> {
  await putAsset(store);
  await replaceSurely(store, NAMES, async (before) => {
    const known = before === undefined ? [] : (JSON.parse(before) as string[]);
    return `${JSON.stringify([...new Set([...known, ...published])].sort())}\n`;
  });
  for (const [key, render] of homeProjections(store, await datasetNames(store))) await replaceSurely(store, key, render);
}

import { bodyOf } from "../ports/body-of.ts";
import { DamagedFileError } from "../ports/damaged-file-error.ts";
import { type Aliases, MAX_ALIAS_UPDATE, type Store } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import { aliasChanges } from "../release/alias-changes.ts";
import { aliasEntries, type Mark } from "../release/alias-entries.ts";
import { type Catalogue, catalogueText, emptyCatalogue } from "../release/catalogue.ts";
import { catalogueAt, catalogueState } from "../release/catalogue-state.ts";
import { parseCatalogue } from "../release/parse-catalogue.ts";
import { ASSETS } from "../site/assets.ts";
import { goneBody } from "./gone-body.ts";
import { icebergTables } from "./iceberg-files.ts";
import { isLinesKey } from "./lines-key.ts";
import { endInMark, isCurrentMark, parseMark } from "./parse-mark.ts";
import { parseStoredJson } from "./parse-stored-json.ts";
import { HOME, homeProjections, type ReleaseProjection, type RenderedFile, releaseProjections } from "./release-projections.ts";
import { type RenderedSite, siteOf } from "./site.ts";
import { writeIceberg } from "./write-iceberg.ts";
import { WriteQueue } from "./write-queue.ts";

/** The input and the ETags of what was written: of pages by release, of each picture by its key. Only a shortcut: without it, all is rendered again. */
type Memo = Record<string, { input: string; files: Record<string, string> }>;

const memoKey = (name: string): string => `.factpress/pages/${name}.json`;

async function readMemo(store: Store, name: string, site: RenderedSite): Promise<{ memo: Memo; etag: string | null }> {
  const stored = await store.get(memoKey(name));
  const file = stored && (parseStoredJson(stored.bytes) as { pages?: string; memo?: Memo } | null | undefined);
  return { memo: file?.pages === site.id ? (file.memo ?? {}) : {}, etag: stored?.etag ?? null };
}

/** Writes a page or a picture if it differs from the stored one; undefined if another publisher was first. */
async function writeFile(store: Store, key: string, text: Uint8Array, before: string | null): Promise<string | undefined> {
  const stored = before === null ? undefined : await store.get(key);
  if (stored !== undefined && stored.etag === before && Buffer.from(text).equals(stored.bytes)) return stored.etag;
  return await store.putIfMatch(key, text, before);
}

interface Memos {
  memo: Memo;
  next: Memo;
}

/** Writes what was rendered. A picture is drawn only where it is not stored as it is. */
async function writeRendered(
  store: Store,
  { memo, next }: Memos,
  [key, body]: RenderedFile,
  before: string | null,
): Promise<string | undefined> {
  if (typeof body === "string") return writeFile(store, key, Buffer.from(body), before);
  const known = memo[key];
  const input = sha256(body.input);
  const isStored = known?.input === input && before !== null && known.files[key] === before;
  const etag = isStored ? before : await writeFile(store, key, body.draw(), before);
  if (etag !== undefined) next[key] = { input, files: { [key]: etag } };
  return etag;
}

/** Writes the files of a projection, stage by stage, and returns their ETags; undefined if another publisher was first. */
async function writeProjection(
  store: Store,
  memos: Memos,
  render: ReleaseProjection["render"],
  storedPages: ReadonlyMap<string, string>,
): Promise<Record<string, string> | undefined> {
  const queue = new WriteQueue();
  const etags = new Map<string, string | undefined>();
  let current = 0;
  for await (const file of render()) {
    const [key, , stage] = file;
    if (stage > current && !(await queue.drain())) return undefined;
    current = stage;
    // The order of keys is that of the projection, whichever write ends first.
    etags.set(key, undefined);
    const isTaken = await queue.add(async () => {
      const etag = await writeRendered(store, memos, file, storedPages.get(key) ?? null);
      etags.set(key, etag);
      return etag;
    });
    if (!isTaken) break;
  }
  return (await queue.drain()) ? (Object.fromEntries(etags) as Record<string, string>) : undefined;
}

/** Keeps what is known of pages that stay as they are, and of their pictures. */
function keepKnown({ memo, next }: Memos, id: string, known: Memo[string]): void {
  next[id] = known;
  for (const key of Object.keys(known.files)) {
    const picture = memo[key];
    if (picture) next[key] = picture;
  }
}

/** Writes what differs; false if another publisher was first. */
async function writePages(
  store: Store,
  catalogue: Catalogue,
  storedPages: ReadonlyMap<string, string>,
  site: RenderedSite,
): Promise<boolean> {
  const { memo, etag } = await readMemo(store, catalogue.dataset, site);
  const next: Memo = {};
  let changed = false;
  for (const { id, input, render } of releaseProjections(store, catalogue, site)) {
    const known = memo[id];
    const hash = sha256(input);
    if (known?.input === hash && Object.entries(known.files).every(([key, etag]) => storedPages.get(key) === etag)) {
      keepKnown({ memo, next }, id, known);
      continue;
    }
    const files = await writeProjection(store, { memo, next }, render, storedPages);
    if (!files) return false;
    next[id] = { input: hash, files };
    changed = true;
  }
  // Pages are not deleted: one that no release has any more becomes a page that says so.
  const named = new Set(Object.values(next).flatMap(({ files }) => Object.keys(files)));
  for (const [key, before] of storedPages)
    if (!named.has(key) && !isLinesKey(key) && (await writeFile(store, key, await goneBody(site, key), before)) === undefined) return false;
  // Sorted, since writes end in any order.
  const sorted = Object.fromEntries(Object.entries(next).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (changed)
    await store.putIfMatch(memoKey(catalogue.dataset), Buffer.from(`${JSON.stringify({ pages: site.id, memo: sorted })}\n`), etag);
  return true;
}

/** Maximum states of unfinished updates in a mark; beyond it, every key is written. */
const MAX_STATES = 8;

const hashOf = (catalogue: Catalogue | undefined): string | undefined => catalogue && sha256(catalogueText(catalogue));

/** The states that the aliases may be in, as their mark says; undefined where it does not say it of this catalogue. */
function knownStates(catalogue: Catalogue, before: Mark | undefined): Mark["states"] | undefined {
  const past = before?.states.map((state) => catalogueAt(catalogue, state)) ?? [];
  const isKnown = past.length > 0 && past.length <= MAX_STATES && past.every(Boolean) && hashOf(past.at(-1)) === before?.catalogue;
  return isKnown ? before?.states : undefined;
}

/** The keys to set, and to delete, to get from these states to a catalogue. */
async function changesFrom(aliases: Aliases, catalogue: Catalogue, states: Mark["states"] | undefined): ReturnType<typeof everyKey> {
  if (!states) return everyKey(aliases, catalogue);
  return aliasChanges([...states.map((state) => aliasEntries(catalogueAt(catalogue, state) as Catalogue)), aliasEntries(catalogue)]);
}

/** The stored keys are unknown: every key is set, and others are deleted. */
async function everyKey(aliases: Aliases, catalogue: Catalogue): Promise<Map<string, string | undefined>> {
  const { dataset } = catalogue;
  const changes = new Map<string, string | undefined>(aliasEntries(catalogue));
  for await (const key of aliases.list(`${dataset}/`)) if (!changes.has(key) && key !== `${dataset}/mark`) changes.set(key, undefined);
  return changes;
}

/**
 * Updates the aliases to a catalogue, fifty keys at a time: exact versions first, `latest` last. `beforeLast` writes what names files that
 * readers get only once the aliases lead to them; the mark that all is done comes after it.
 */
async function writeAliases(
  aliases: Aliases,
  catalogue: Catalogue,
  before: Mark | undefined,
  start: string,
  site: RenderedSite,
  beforeLast: (() => Promise<boolean>) | undefined,
): Promise<boolean> {
  const { dataset } = catalogue;
  const state = catalogueState(catalogue);
  const text = hashOf(catalogue) as string;
  const states = knownStates(catalogue, before);
  const markWith = (states: Mark["states"]): string =>
    JSON.stringify({ states, catalogue: text, pages: site.id, ...endInMark(site, dataset) } satisfies Mark);
  let etag: string | undefined = start;
  const waiting = [...(await changesFrom(aliases, catalogue, states))];
  const pending = states ? [...states, state] : [];
  while (waiting.length >= MAX_ALIAS_UPDATE || (beforeLast && waiting.length > 0)) {
    etag = await aliases.update(new Map([...waiting.splice(0, MAX_ALIAS_UPDATE - 1), [`${dataset}/mark`, markWith(pending)]]), etag);
    if (etag === undefined) return false;
  }
  if (beforeLast && !(await beforeLast())) return false;
  return (await aliases.update(new Map([...waiting, [`${dataset}/mark`, markWith([state])]]), etag)) !== undefined;
}

/** One attempt: reads the ETags of what it may replace, then the catalogue, then writes what differs. Undefined: start again. */
async function project(store: Store, aliases: Aliases, name: string): Promise<Catalogue | undefined> {
  const etag = await aliases.etag();
  const mark = parseMark(await aliases.get(`${name}/mark`));
  const pages = new Map<string, string>();
  for await (const { key, etag } of store.list(`pages/${name}/`)) pages.set(key, etag);
  const feedBefore = await store.get(`${name}/feed.xml`);
  if (feedBefore) pages.set(`${name}/feed.xml`, feedBefore.etag);
  // After the ETags: another publisher with another site or catalogue has changed them.
  const site = await siteOf(store);
  const stored = await store.get(`${name}/releases.json`);
  if (!stored) return emptyCatalogue(name);
  const catalogue = parseCatalogue(stored.bytes);
  if (isCurrentMark(mark, catalogue, site)) return catalogue;
  await putAssets(store);
  if (!(await writePages(store, catalogue, pages, site))) return undefined;
  const tables = await icebergTables(store, catalogue, site);
  const beforeLast = tables.length > 0 ? () => writeIceberg(store, catalogue, tables) : undefined;
  return (await writeAliases(aliases, catalogue, mark, etag, site, beforeLast)) ? catalogue : undefined;
}

const ASSET_BODIES = ASSETS.map(({ name, bytes }) => ({ key: `assets/${name}`, body: bodyOf(bytes) }));

/** Writes the files that pages load. Their names are hashes, so a stored one stays. */
async function putAssets(store: Store): Promise<void> {
  const known = new Set<string>();
  for await (const { key } of store.list("assets/")) known.add(key);
  for (const { key, body } of ASSET_BODIES) if (!known.has(key)) await store.putIfAbsent(key, body);
}

const ATTEMPTS = 100;

/** Updates pages, feed and aliases of a dataset to its catalogue. The order of reads makes it safe beside other publishers. */
export async function projectDataset(store: Store, aliases: Aliases, name: string): Promise<Catalogue> {
  for (let i = 0; i < ATTEMPTS; i += 1) {
    const done = await project(store, aliases, name);
    if (done) return done;
  }
  throw new Error(`The pages of ${name} were replaced by others ${ATTEMPTS} times while they were written`);
}

/** Writes a text if it differs from the stored one; false if another publisher was first. */
async function replace(store: Store, key: string, render: (before: string | undefined) => Promise<string>): Promise<boolean> {
  const stored = await store.get(key);
  const text = Buffer.from(await render(stored && Buffer.from(stored.bytes).toString("utf8")));
  return (stored && text.equals(stored.bytes)) || (await store.putIfMatch(key, text, stored?.etag ?? null)) !== undefined;
}

async function replaceWithRetry(store: Store, key: string, render: Parameters<typeof replace>[2]): Promise<void> {
  for (let i = 0; !(await replace(store, key, render)); i += 1)
    if (i >= ATTEMPTS) throw new Error(`${key} was replaced by others ${ATTEMPTS} times while it was written`);
}

const NAMES = ".factpress/datasets.json";

function parseNames(text: string | Uint8Array): string[] {
  const names = parseStoredJson(text);
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string"))
    throw new DamagedFileError(`${NAMES} is damaged: it is no list of names. Publish again after deleting it.`);
  return names;
}

/** Every dataset that was published to a store. */
export async function datasetNames(store: Pick<Store, "get">): Promise<string[]> {
  const stored = await store.get(NAMES);
  return stored ? parseNames(stored.bytes) : [];
}

/** Brings the pages above datasets up to date; datasets that were published before stay listed. */
export async function projectHome(store: Store, published: readonly string[]): Promise<void> {
  await putAssets(store);
  await replaceWithRetry(store, NAMES, async (before) => {
    const known = before === undefined ? [] : parseNames(before);
    return `${JSON.stringify([...new Set([...known, ...published])].sort())}\n`;
  });
  // Inputs are read after the ETag: another publisher with newer inputs has changed the ETag.
  for (const key of HOME)
    await replaceWithRetry(store, key, async () => homeProjections(store, await datasetNames(store), await siteOf(store))[key]());
}

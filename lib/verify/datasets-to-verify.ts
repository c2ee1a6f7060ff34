import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import type { ReadableStore, Store } from "../ports/ports.ts";
import type { KeySet } from "../release/key-set.ts";
import type { SignedHead } from "../release/signed-head.ts";
import { HOME } from "../render/home-projections.ts";
import { NAMES, parsePublishedDatasetNames, publishedDatasetNames } from "../render/published-dataset-names.ts";
import { readSignedHead } from "./read-signed-head.ts";
import { readStoredKeySet } from "./read-stored-key-set.ts";
import { VerificationError } from "./verification-error.ts";

interface WholeStore {
  store: ReadableStore;
  /** The trusted keys. Default: those in the store itself. */
  keys?: KeySet | undefined;
  /** Heads from earlier runs, with their origin for messages. */
  kept?: readonly { head: SignedHead; from: string }[];
  /** Folders of the store that contain a catalogue. */
  folders: readonly string[];
}

export interface DatasetsToVerify {
  /** Sorted. */
  names: string[];
  /** Those of `names` that are not in the store's list. */
  unlisted: string[];
}

/**
 * Maximum datasets of a site whose catalogues are read over HTTP. Each takes several requests, and the list comes from a server that may be
 * hostile.
 */
export const MAX_LISTED = 1_000;

/** The datasets that a home page lists, which need not be true. */
const listedOn = (page: Uint8Array): string[] =>
  [
    ...Buffer.from(page)
      .toString("utf8")
      .matchAll(/<h2><a href="\/([a-z0-9-]+)\/">/g),
  ].map(([, name]) => name as string);

/** The datasets of a store: its own list or, over HTTP, where that is private, those of its home page and the `named` ones. */
export async function listedDatasets(store: ReadableStore, named: Iterable<string>): Promise<string[]> {
  const stored = await store.get(NAMES);
  if (stored) return parsePublishedDatasetNames(stored.bytes);
  const page = await store.get(HOME[0]);
  return [...new Set([...(page ? listedOn(page.bytes) : []), ...named])].sort();
}

async function containsObjects(store: Pick<Store, "list">, dataset: string): Promise<boolean> {
  for (const folder of [`${dataset}/`, `pages/${dataset}/`]) for await (const _ of store.list(folder)) return true;
  return false;
}

/**
 * Whether a listed dataset has no release: earlier versions of Factpress also listed drafts and refused datasets. Home pages never did, so
 * over HTTP nothing is read.
 */
const isUnreleased = async ({ list, get }: ReadableStore, dataset: string): Promise<boolean> =>
  list !== undefined && (await get(catalogueObjectKey(dataset))) === undefined && !(await containsObjects({ list }, dataset));

/**
 * The datasets of a whole store. Its list is not signed, so folders with a catalogue are verified too, and every dataset that a head names
 * must be listed. Throws `VerificationError` if one is not. Over HTTP, the home page takes the place of the list, and what a head names is
 * verified whether listed or not.
 */
export async function datasetsToVerify({ store, keys, kept = [], folders }: WholeStore): Promise<DatasetsToVerify> {
  // Read before the list, because a publisher lists a dataset before it signs the head.
  const head = await readSignedHead(store, keys ?? (await readStoredKeySet(store)));
  const heads = [...(head ? [{ head, from: "the signed head" }] : []), ...kept];
  const named = new Map(heads.flatMap(({ head, from }) => Object.keys(head.datasets).map((name) => [name, from] as const)));
  const listed = new Set(store.list ? await publishedDatasetNames(store) : await listedDatasets(store, named.keys()));
  for (const [name, from] of named)
    if (!listed.has(name)) throw new VerificationError(NAMES, `does not list ${name}, which ${from} names: the dataset was dropped`);
  const unlisted = folders.filter((name) => !listed.has(name)).sort();
  const names = new Set(unlisted);
  for (const name of listed) if (named.has(name) || !(await isUnreleased(store, name))) names.add(name);
  return { names: [...names].sort(), unlisted };
}

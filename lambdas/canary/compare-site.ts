import { catalogueObjectKey } from "../../lib/contract/catalogue-object-key.ts";
import { HEAD_FOLDER, HEAD_OBJECT_KEY } from "../../lib/contract/head-object-key.ts";
import { MANIFEST_FILE } from "../../lib/contract/release-files.ts";
import type { Store } from "../../lib/ports/ports.ts";
import { sha256 } from "../../lib/ports/sha256.ts";
import type { KeySet } from "../../lib/release/key-set.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import { releasesInForce } from "../../lib/release/releases-in-force.ts";
import { compareWithSignedHead, HEAD_VALID_MS, type SignedHead } from "../../lib/release/signed-head.ts";
import { verifyHeadFile } from "../../lib/verify/verify-head-file.ts";
import { HeadOutOfDateError } from "./head-out-of-date-error.ts";

/** Maximum datasets compared in one run. The hour determines which. */
const MAX_DATASETS = 20;

interface ComparedSite {
  /** The address of the deployment. */
  site: string;
  /** The keys that sign the head. Not read from the site, because anyone who can change the site can change its keys. */
  keys: KeySet;
  /** The store that the site serves. Only its signed head is read: it says whether anything is published, and which datasets. */
  store: Pick<Store, "get" | "list">;
}

interface Compared {
  datasets: number;
  /** Nothing is published yet, and the site shows nothing. */
  isEmpty?: true;
}

async function fetchBytes(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Fetches the head; undefined if nothing has been signed yet. */
async function fetchHead({ site, keys }: ComparedSite, signal: AbortSignal): Promise<SignedHead | undefined> {
  const response = await fetch(`${site}/${HEAD_OBJECT_KEY}`, { signal });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return verifyHeadFile(new Uint8Array(await response.arrayBuffer()), keys).head;
}

/**
 * The head in the store; undefined if nothing has been signed yet. A role that may not list gets the same answer, 403, to a missing object as
 * to a forbidden one, so the key is looked up in a listing.
 */
async function readStoredHead({ store, keys }: ComparedSite): Promise<SignedHead | undefined> {
  for await (const { key } of store.list(HEAD_FOLDER)) {
    const stored = key === HEAD_OBJECT_KEY ? await store.get(HEAD_OBJECT_KEY) : undefined;
    if (stored) return verifyHeadFile(stored.bytes, keys, `${HEAD_OBJECT_KEY} in the store`).head;
  }
  return undefined;
}

/** The head that the site serves, which must be its own and list what the head in the store lists. Undefined if nothing is published. */
async function compareHeads(compared: ComparedSite, signal: AbortSignal): Promise<SignedHead | undefined> {
  const { site } = compared;
  const stored = await readStoredHead(compared);
  const home = await fetch(`${site}/`, { signal });
  const head = await fetchHead(compared, signal);
  if (!head && !stored && !home.ok) return undefined;
  if (!head)
    throw new Error(
      stored ? `${site}/${HEAD_OBJECT_KEY} answered 404, but the store has it` : `${site}/ has pages, but no ${HEAD_OBJECT_KEY}`,
    );
  if (!stored) throw new Error(`${site}/${HEAD_OBJECT_KEY} is not in the store`);
  if (!home.ok) throw new Error(`${site}/ answered ${home.status}`);
  if (head.site !== site) throw new Error(`${HEAD_OBJECT_KEY} is the head of ${head.site}`);
  const missing = Object.keys(stored.datasets).filter((name) => !Object.hasOwn(head.datasets, name));
  if (missing.length > 0)
    throw new Error(`${site}/${HEAD_OBJECT_KEY} does not list ${missing.slice(0, 5).join(", ")}, which the head in the store lists`);
  return head;
}

/** Throws unless the head is current: a deployment signs its head each day, with an expiry. */
function checkAge(head: SignedHead, now: number): void {
  const end = head.expires === null ? Date.parse(head.issued) + HEAD_VALID_MS : Date.parse(head.expires);
  if (end < now) throw new HeadOutOfDateError(`${HEAD_OBJECT_KEY} was signed at ${head.issued} and is out of date`);
}

/** `latest` must redirect to the manifest in the catalogue, and the catalogue must be the signed one or continue it. */
async function compareDataset(site: string, name: string, signed: SignedHead["datasets"][string], signal: AbortSignal): Promise<void> {
  const bytes = await fetchBytes(`${site}/${catalogueObjectKey(name)}`, signal);
  const catalogue = parseCatalogue(bytes, name);
  const state = compareWithSignedHead(signed, catalogue, sha256);
  if (state !== "same" && state !== "extended")
    throw new Error(`${name}/releases.json is ${state === "older" ? "older than" : "different from"} the one that was signed`);
  const newest = releasesInForce(catalogue)[0];
  if (!newest) return;
  const manifest = await fetchBytes(`${site}/${name}/latest/${MANIFEST_FILE}`, signal);
  if (sha256(manifest) !== newest.manifest) throw new Error(`${name}/latest/${MANIFEST_FILE} is not that of ${newest.version}`);
}

async function compareOnce(compared: ComparedSite, signal: AbortSignal, now: number): Promise<Compared> {
  const { site } = compared;
  const head = await compareHeads(compared, signal);
  if (!head) return { datasets: 0, isEmpty: true };
  const names = Object.keys(head.datasets).sort();
  const hour = Math.floor(now / 3_600_000);
  const start = names.length > MAX_DATASETS ? (hour * MAX_DATASETS) % names.length : 0;
  const chosen = [...names, ...names].slice(start, start + Math.min(MAX_DATASETS, names.length));
  for (const name of chosen) await compareDataset(site, name, head.datasets[name] as SignedHead["datasets"][string], signal);
  // Last, because an outdated head may have a known cause, which must not hide another difference.
  checkAge(head, now);
  return { datasets: chosen.length };
}

/**
 * Compares a site with its signed head. A difference counts only if it persists after a wait. Throws `HeadOutOfDateError` if only the age
 * of the head is wrong.
 */
export async function compareSite(
  compared: ComparedSite,
  signal: AbortSignal,
  { waitMs, now = Date.now() }: { waitMs: number; now?: number },
): Promise<Compared> {
  try {
    return await compareOnce(compared, signal, now);
  } catch {
    // A cache may have mixed two states. A persistent difference is thrown below.
    await new Promise((done) => setTimeout(done, waitMs));
    return compareOnce(compared, signal, now);
  }
}

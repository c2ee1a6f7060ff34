import { sha256 } from "../../lib/ports/sha256.ts";
import { offeredReleases } from "../../lib/release/catalogue.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import { compareWithHead, HEAD_KEY, parseHead, parseHeadFile, type SignedHead } from "../../lib/release/signed-head.ts";

/** Maximum datasets of one run; the hour chooses which. */
const MAX_DATASETS = 20;
/** Caches may hold the parts of one state for a minute: a difference is looked at again after this. */
const CACHED_MS = 70_000;

interface Compared {
  datasets: number;
  /** Nothing is published yet. */
  isEmpty?: true;
}

async function fetchBytes(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Undefined where nothing has been signed yet. */
async function fetchHead(site: string, signal: AbortSignal): Promise<SignedHead | undefined> {
  const response = await fetch(`${site}/${HEAD_KEY}`, { signal });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  const { payload } = parseHeadFile(new Uint8Array(await response.arrayBuffer()));
  return parseHead(Buffer.from(payload, "base64url"));
}

/** `latest` leads to the manifest that the catalogue names, and the catalogue is the signed one or continues it. */
async function compareDataset(site: string, name: string, signed: SignedHead["datasets"][string], signal: AbortSignal): Promise<void> {
  const bytes = await fetchBytes(`${site}/${name}/releases.json`, signal);
  const catalogue = parseCatalogue(bytes, name);
  const state = compareWithHead(signed, catalogue, sha256);
  if (state !== "same" && state !== "extended")
    throw new Error(`${name}/releases.json is ${state === "older" ? "older than" : "different from"} the one that was signed`);
  const newest = offeredReleases(catalogue)[0];
  if (!newest) return;
  const manifest = await fetchBytes(`${site}/${name}/latest/SHA256SUMS`, signal);
  if (sha256(manifest) !== newest.manifest) throw new Error(`${name}/latest/SHA256SUMS is not that of ${newest.version}`);
}

async function compareOnce(site: string, signal: AbortSignal, hour: number): Promise<Compared> {
  const home = await fetch(`${site}/`, { signal });
  const head = await fetchHead(site, signal);
  if (!head) return { datasets: 0, isEmpty: true };
  if (!home.ok) throw new Error(`${site}/ answered ${home.status}`);
  const names = Object.keys(head.datasets).sort();
  const start = names.length > MAX_DATASETS ? (hour * MAX_DATASETS) % names.length : 0;
  const chosen = [...names, ...names].slice(start, start + Math.min(MAX_DATASETS, names.length));
  for (const name of chosen) await compareDataset(site, name, head.datasets[name] as SignedHead["datasets"][string], signal);
  return { datasets: chosen.length };
}

/** Compares what a site serves with what was signed for it. A difference has to last for longer than caches may hold things. */
export async function compareSite(
  site: string,
  signal: AbortSignal,
  { waitMs = CACHED_MS, now = Date.now() }: { waitMs?: number; now?: number } = {},
): Promise<Compared> {
  const hour = Math.floor(now / 3_600_000);
  try {
    return await compareOnce(site, signal, hour);
  } catch {
    // Whatever it was, a cache may have mixed two states; what is wrong still fails below.
    await new Promise((done) => setTimeout(done, waitMs));
    return compareOnce(site, signal, hour);
  }
}

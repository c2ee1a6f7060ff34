import { isObject } from "../contract/is-object.ts";
import { PRIVATE_FOLDER } from "../contract/private-folder.ts";
import type { Store } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import { HEAD_RENEWED_MS } from "../release/signed-head.ts";
import { parseStoredJson } from "../render/parse-stored-json.ts";

/** Instead of a tip: no run has completed yet, or a build was requested again. */
export const NOT_SETTLED = "";

/** How often a commit was queued because it had no verdict, and the last time in milliseconds since 1970. */
export type Queued = readonly [times: number, lastMs: number];

/**
 * The result of the last complete run: while tip and settings are unchanged, there is nothing to publish. Only an optimization. It expires
 * when the signed head has to be renewed.
 */
export interface Settled {
  tip: string;
  settings: string;
  /** Time at which to renew the signed head, RFC 3339. */
  renewHead: string;
  /** By commit of a pull request. */
  queued: Record<string, Queued>;
  /** A commit is dated in the future: the result is valid until this time, RFC 3339. */
  refusedUntil?: string;
  /** The error of a failed build that is not retried for this tip. */
  failure?: string;
}

export interface SettledFile {
  settled: Settled | undefined;
  etag: string | null;
}

const KEY = `${PRIVATE_FOLDER}/settled.json`;

export const settledSettings = (settings: readonly unknown[]): string => sha256(JSON.stringify(["settled 1", ...settings])).slice(0, 16);

/** Earlier versions stored only the count. */
function parseQueued(value: unknown): Queued | undefined {
  const [times, lastMs] = Array.isArray(value) ? value : [value, 0];
  return Number.isInteger(times) && Number.isFinite(lastMs) ? [times, lastMs] : undefined;
}

function parseSettled(value: unknown): Settled | undefined {
  if (!isObject(value) || !isObject(value["queued"])) return undefined;
  const { tip, settings, renewHead, refusedUntil, failure } = value;
  if (typeof tip !== "string" || typeof settings !== "string" || typeof renewHead !== "string") return undefined;
  const queued: Record<string, Queued> = {};
  for (const [sha, stored] of Object.entries(value["queued"])) {
    const parsed = parseQueued(stored);
    if (!parsed) return undefined;
    queued[sha] = parsed;
  }
  return {
    tip,
    settings,
    renewHead,
    queued,
    ...(typeof refusedUntil === "string" ? { refusedUntil } : {}),
    ...(typeof failure === "string" ? { failure } : {}),
  };
}

/** Makes one request. Returns undefined if the file is missing or damaged. */
export async function readSettled(store: Pick<Store, "get">): Promise<SettledFile> {
  const stored = await store.get(KEY);
  return { settled: stored && parseSettled(parseStoredJson(stored.bytes)), etag: stored?.etag ?? null };
}

/** A concurrent run may win: its file is equally valid. */
export async function writeSettled(store: Pick<Store, "putIfMatch">, { etag }: SettledFile, settled: Settled): Promise<void> {
  await store.putIfMatch(KEY, Buffer.from(`${JSON.stringify(settled)}\n`), etag);
}

/** The state before the first complete run. */
export const NEVER_SETTLED: Settled = { tip: NOT_SETTLED, settings: "", renewHead: "", queued: {} };

export const wasEverSettled = (settled: Settled | undefined): boolean =>
  settled !== undefined && settled.settings !== NEVER_SETTLED.settings;

/** When to renew a head that is signed now. */
export const settledUntil = (now: Date): string => new Date(now.getTime() + HEAD_RENEWED_MS).toISOString();

/** Whether tip and settings are unchanged, and no commit that was dated in the future has become due. */
export const isSettled = (
  settled: Settled | undefined,
  { tip, settings }: Pick<Settled, "tip" | "settings">,
  now: Date,
): settled is Settled =>
  settled !== undefined &&
  settled.tip === tip &&
  settled.settings === settings &&
  (settled.refusedUntil === undefined || now.toISOString() < settled.refusedUntil);

export const isSettledHeadDue = ({ renewHead }: Settled, now: Date): boolean => renewHead <= now.toISOString();

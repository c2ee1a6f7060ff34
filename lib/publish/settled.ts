import { isObject } from "../contract/is-object.ts";
import type { Store } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import { HEAD_RENEWED_MS } from "../release/signed-head.ts";
import { parseStoredJson } from "../render/parse-stored-json.ts";

/**
 * What the last complete run left behind: as long as tip and settings are the same, there is nothing to publish. It saves work only:
 * without it, everything is looked at again. It ends when the signed head is to be renewed.
 */
export interface Settled {
  tip: string;
  settings: string;
  /** When the signed head is to be renewed, RFC 3339. */
  renewHead: string;
  /** How often a commit of a pull request was queued because it had no verdict. */
  queued: Record<string, number>;
}

export interface SettledFile {
  settled: Settled | undefined;
  etag: string | null;
}

const KEY = ".factpress/settled.json";

export const settledSettings = (settings: readonly unknown[]): string => sha256(JSON.stringify(["settled 1", ...settings])).slice(0, 16);

function isSettledText(value: unknown): value is Settled {
  const { tip, settings, renewHead, queued } = (value ?? {}) as Partial<Record<keyof Settled, unknown>>;
  return (
    [tip, settings, renewHead].every((text) => typeof text === "string") &&
    isObject(queued) &&
    Object.values(queued).every(Number.isInteger)
  );
}

/** One request. What is damaged counts as missing. */
export async function readSettled(store: Pick<Store, "get">): Promise<SettledFile> {
  const stored = await store.get(KEY);
  const value = stored && parseStoredJson(stored.bytes);
  return { settled: isSettledText(value) ? value : undefined, etag: stored?.etag ?? null };
}

/** A concurrent run may win: what it wrote is equally valid. */
export async function writeSettled(store: Pick<Store, "putIfMatch">, { etag }: SettledFile, settled: Settled): Promise<void> {
  await store.putIfMatch(KEY, Buffer.from(`${JSON.stringify(settled)}\n`), etag);
}

/** When a head that is signed now is to be renewed. */
export const settledUntil = (now: Date): string => new Date(now.getTime() + HEAD_RENEWED_MS).toISOString();

/** Whether nothing has changed since. */
export const isSettled = (settled: Settled | undefined, { tip, settings }: Pick<Settled, "tip" | "settings">): settled is Settled =>
  settled !== undefined && settled.tip === tip && settled.settings === settings;

export const isSettledHeadDue = ({ renewHead }: Settled, now: Date): boolean => renewHead <= now.toISOString();

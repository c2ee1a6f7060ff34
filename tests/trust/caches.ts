import { memoryStore } from "../../lib/adapters/memory/memory-store.ts";
import { cacheControl } from "../../lib/edge/cache-control.ts";
import type { Store } from "../../lib/ports/ports.ts";
import type { Random } from "./attacks.ts";

/** Every write to a store, with its time on a simulated clock. */
export interface Write {
  at: number;
  key: string;
  bytes: Uint8Array;
}

/** A store that records its writes; each takes a quarter of a second. */
export function recorded(objects: Map<string, Uint8Array>, log: Write[], clock: { now: number }): Store {
  const store = memoryStore(objects);
  const note = (key: string): void => {
    clock.now += 0.25;
    log.push({ at: clock.now, key, bytes: objects.get(key) as Uint8Array });
  };
  return {
    ...store,
    async putIfAbsent(key, body) {
      const outcome = await store.putIfAbsent(key, body);
      if (outcome === "written") note(key);
      return outcome;
    },
    async putIfMatch(key, bytes, etag) {
      const written = await store.putIfMatch(key, bytes, etag);
      if (written !== undefined) note(key);
      return written;
    },
  };
}

/** The site as readers get it, each object up to 60 seconds old: a cache had fetched some of them before the reader came. */
export function cachedSite(log: readonly Write[], clock: { now: number }, random: Random): Pick<Store, "get" | "read"> {
  const cache = new Map<string, { at: number; bytes: Uint8Array | undefined }>();
  const byKey = new Map<string, Write[]>();
  for (const write of log) byKey.set(write.key, [...(byKey.get(write.key) ?? []), write]);
  const originAt = (key: string, time: number): Uint8Array | undefined => byKey.get(key)?.findLast(({ at }) => at <= time)?.bytes;
  const get: Store["get"] = async (key) => {
    clock.now += 0.01;
    const seconds = Number(/max-age=(\d+)/.exec(cacheControl(key))?.[1]);
    let entry = cache.get(key);
    if (!entry || entry.at + seconds <= clock.now) {
      const at = entry ? clock.now : clock.now - random(61);
      entry = { at, bytes: originAt(key, at) };
      // A missing object is cached for at most ten seconds.
      if (entry.bytes === undefined) entry = { at: clock.now, bytes: originAt(key, clock.now) };
      cache.set(key, entry);
    }
    return entry.bytes && { bytes: entry.bytes, etag: "", ageSeconds: Math.floor(clock.now - entry.at) };
  };
  return {
    get,
    async *read(key, range) {
      const stored = await get(key);
      if (!stored) throw new Error(`${key} is not there`);
      yield range ? stored.bytes.subarray(range.start, range.end) : stored.bytes;
    },
  };
}

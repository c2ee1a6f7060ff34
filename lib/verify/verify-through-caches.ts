import { CATALOGUE_FILE } from "../contract/catalogue-object-key.ts";
import type { ReadableStore } from "../ports/ports.ts";
import { SiteChangingError } from "./site-changing-error.ts";
import { VerificationError } from "./verification-error.ts";

/** Maximum age of cached mutable objects (`max-age=60` in lib/edge/cache-control.ts), plus a second of latency. */
const CACHE_SECONDS = 61;

/** A reader that records the age of cached responses and the state of the site. */
interface Observed {
  store: ReadableStore;
  /** Age of the oldest cached response for a mutable object. */
  oldestSeconds(): number;
  /** The catalogues and the head that were read. */
  state(): string;
}

const isMutable = (key: string): boolean => key.startsWith("pages/") || !/^(assets\/|[^/]+\/\d+\.\d+\.\d+\/)/.test(key);
const isState = (key: string): boolean => key.startsWith(".well-known/") || key.endsWith(`/${CATALOGUE_FILE}`);

function observe(store: ReadableStore): Observed {
  let oldest = 0;
  const states = new Map<string, string>();
  return {
    store: {
      read: (key, range) => store.read(key, range),
      async get(key) {
        const stored = await store.get(key);
        if (isMutable(key)) oldest = Math.max(oldest, stored?.ageSeconds ?? 0);
        if (isState(key)) states.set(key, Buffer.from(stored?.bytes ?? "").toString("base64"));
        return stored;
      },
    },
    oldestSeconds: () => oldest,
    state: () => JSON.stringify([...states].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/**
 * Verifies a site that is read through caches, possibly during a publish. After a failure, it is read again once all caches have expired. A
 * second failure counts only if the state of the site is unchanged; otherwise throws `SiteChangingError`.
 */
export async function verifyThroughCaches<T>(
  store: ReadableStore,
  verify: (store: ReadableStore) => Promise<T>,
  wait: (seconds: number) => Promise<void>,
): Promise<T> {
  const first = observe(store);
  const second = observe(store);
  try {
    return await verify(first.store);
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    if (first.oldestSeconds() > 0) await wait(CACHE_SECONDS);
  }
  try {
    return await verify(second.store);
  } catch (error) {
    if (!(error instanceof VerificationError) || first.state() === second.state()) throw error;
    throw new SiteChangingError(`${error.message}. Something was published to the site meanwhile: try again in a minute.`);
  }
}

import type { Store } from "../ports/ports.ts";
import { VerificationError } from "./verification.ts";

/** How long a cache may hold what changes (`max-age=60` in lib/edge/headers.ts), and a second for the way. */
const CACHE_SECONDS = 61;

type Reader = Pick<Store, "get" | "read">;

/** A reader that notes how old the answers of caches were, and what the site said of its state. */
interface Observed {
  store: Reader;
  /** The oldest answer to a request for something that changes. */
  oldestSeconds(): number;
  /** Catalogues and head, as they were read. */
  state(): string;
}

const isMutable = (key: string): boolean => key.startsWith("pages/") || !/^(assets\/|[^/]+\/\d+\.\d+\.\d+\/)/.test(key);
const isState = (key: string): boolean => key.startsWith(".well-known/") || key.endsWith("/releases.json");

function observe(store: Reader): Observed {
  let oldest = 0;
  const states = new Map<string, string>();
  return {
    store: {
      read: (key) => store.read(key),
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

/** What was read does not fit together, and the site was changing meanwhile: nothing follows from it. */
export class SiteChangingError extends Error {
  override name = "SiteChangingError";
}

/**
 * Verifies a site that is read through caches, while it may be published to. Where something is wrong, it is read again once
 * no cache can hold what it held before. It is wrong where it is wrong again and the site says the same of its state; where that
 * has changed, nothing can be told: throws `SiteChangingError`.
 */
export async function verifyThroughCaches<T>(
  store: Reader,
  verify: (store: Reader) => Promise<T>,
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
    throw new SiteChangingError(`${error.message}. The site was published to meanwhile: try again in a minute.`);
  }
}

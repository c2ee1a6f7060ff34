import { createHash } from "node:crypto";
import type { Store } from "../../ports/ports.ts";
import { readWhole } from "../../ports/read-whole.ts";

/** Objects are replaced, never modified in place, so their hashes can be cached. */
const etags = new WeakMap<Uint8Array, string>();
function etagOf(bytes: Uint8Array): string {
  let etag = etags.get(bytes);
  if (etag === undefined) {
    etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
    etags.set(bytes, etag);
  }
  return etag;
}

/** A store in memory; `objects` is its content. ETags are hashes of the content, as in S3. */
export function memoryStore(objects = new Map<string, Uint8Array>()): Store {
  const get: Store["get"] = async (key) => {
    const bytes = objects.get(key);
    return bytes && { bytes, etag: etagOf(bytes) };
  };
  return {
    get,
    async *read(key, { start, end } = { start: 0, end: Number.POSITIVE_INFINITY }) {
      const bytes = objects.get(key);
      if (!bytes) throw new Error(`There is no object ${key}`);
      yield bytes.subarray(start, end);
    },
    async *list(prefix) {
      for (const [key, bytes] of [...objects]) if (key.startsWith(prefix)) yield { key, etag: etagOf(bytes) };
    },
    async putIfAbsent(key, body) {
      const bytes = await readWhole(body.open());
      const stored = objects.get(key);
      if (stored) return createHash("sha256").update(stored).digest("hex") === body.sha256 ? "same" : "other";
      objects.set(key, bytes);
      return "written";
    },
    async putIfMatch(key, bytes, etag) {
      const stored = objects.get(key);
      if ((stored ? etagOf(stored) : null) !== etag) return undefined;
      objects.set(key, Buffer.from(bytes));
      return etagOf(bytes);
    },
  };
}

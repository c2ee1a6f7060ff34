import type { Store } from "../ports/ports.ts";

/** Writes an object if it differs from the stored one; returns its ETag, or undefined if another publisher was first. */
export async function replaceStored(
  store: Pick<Store, "putIfMatch">,
  key: string,
  bytes: Uint8Array,
  stored: Awaited<ReturnType<Store["get"]>>,
): Promise<string | undefined> {
  if (stored && Buffer.from(bytes).equals(stored.bytes)) return stored.etag;
  return store.putIfMatch(key, bytes, stored?.etag ?? null);
}

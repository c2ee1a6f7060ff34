import { KEY_SET } from "../contract/key-set.ts";
import type { Signer, Store } from "../ports/ports.ts";
import { retryConflicts } from "../ports/retry-conflicts.ts";
import { keySetText, parseKeySet } from "../release/key-set.ts";

/** Adds the public key of a signer to the stored ones. Keys are never removed. */
export async function putPublicKey(store: Store, { publicKey }: Signer): Promise<void> {
  await retryConflicts(KEY_SET, async () => {
    const stored = await store.get(KEY_SET);
    const { keys } = stored ? parseKeySet(stored.bytes) : { keys: [] };
    if (keys.some(({ kid }) => kid === publicKey.kid)) return "present";
    const next = Buffer.from(keySetText({ keys: [...keys, publicKey] }));
    return store.putIfMatch(KEY_SET, next, stored?.etag ?? null);
  });
}

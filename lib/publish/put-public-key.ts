import type { Signer, Store } from "../ports/ports.ts";
import { keySetText, parseKeySet } from "../release/key-set.ts";
import { KEY_SET } from "./put-release.ts";

/** Maximum retries of a write that conflicts with others. */
const CONFLICTS = 100;

/** Adds the public key of a signer to the stored ones. Keys are never removed. */
export async function putPublicKey(store: Store, { publicKey }: Signer): Promise<void> {
  for (let i = 0; i < CONFLICTS; i += 1) {
    const stored = await store.get(KEY_SET);
    const { keys } = stored ? parseKeySet(stored.bytes) : { keys: [] };
    if (keys.some(({ kid }) => kid === publicKey.kid)) return;
    const next = Buffer.from(keySetText({ keys: [...keys, publicKey] }));
    if ((await store.putIfMatch(KEY_SET, next, stored?.etag ?? null)) !== undefined) return;
  }
  throw new Error(`Gave up after ${CONFLICTS} conflicts: other runs kept replacing ${KEY_SET}`);
}

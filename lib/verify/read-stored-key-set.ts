import { KEY_SET } from "../contract/key-set.ts";
import type { Store } from "../ports/ports.ts";
import { type KeySet, KeySetError, keySetText, parseKeySet } from "../release/key-set.ts";
import { VerificationError } from "./verification-error.ts";

/** The public keys in a store itself. */
export async function readStoredKeySet(store: Pick<Store, "get">): Promise<KeySet> {
  const stored = await store.get(KEY_SET);
  if (!stored) return { keys: [] };
  try {
    const keys = parseKeySet(stored.bytes);
    if (keySetText(keys) === Buffer.from(stored.bytes).toString("utf8")) return keys;
  } catch (error) {
    if (!(error instanceof KeySetError)) throw error;
  }
  throw new VerificationError(KEY_SET, "is not a list of keys as factpress writes it");
}

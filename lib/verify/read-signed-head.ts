import { HEAD_OBJECT_KEY } from "../contract/head-object-key.ts";
import type { Store } from "../ports/ports.ts";
import type { KeySet } from "../release/key-set.ts";
import type { SignedHead } from "../release/signed-head.ts";
import { verifyHeadFile } from "./verify-head-file.ts";

/** The signed head of a store; undefined if it has none. */
export async function readSignedHead(store: Pick<Store, "get">, keys: KeySet): Promise<SignedHead | undefined> {
  const stored = await store.get(HEAD_OBJECT_KEY);
  return stored && verifyHeadFile(stored.bytes, keys).head;
}

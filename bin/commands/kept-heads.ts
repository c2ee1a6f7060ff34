import { HEAD_OBJECT_KEY } from "../../lib/contract/head-object-key.ts";
import type { KeySet } from "../../lib/release/key-set.ts";
import type { SignedHead } from "../../lib/release/signed-head.ts";
import { UsageError } from "../usage-error.ts";
import { readKeptHead } from "./read-kept-head.ts";

export interface HeadOptions {
  /** A head from another source. */
  head?: string | undefined;
  /** The file of remembered heads. */
  remember?: string | undefined;
}

/** The heads to compare with, and the heads to remember. */
export async function keptHeads({ head, remember }: HeadOptions, keys: KeySet | undefined): Promise<{ head: SignedHead; from: string }[]> {
  const kept: { head: SignedHead; from: string }[] = [];
  if (head !== undefined) {
    const found = await readKeptHead(head, keys);
    if (!found) throw new UsageError(`There is no file ${head}: --head names a copy of ${HEAD_OBJECT_KEY}`);
    kept.push({ head: found, from: head });
  }
  // The file of --remember is not signed.
  const own = remember === undefined ? undefined : await readKeptHead(remember, undefined);
  if (own) kept.push({ head: own, from: `${remember}, written by an earlier run,` });
  return kept;
}

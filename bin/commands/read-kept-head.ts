import { ifExists } from "../../lib/adapters/folder/if-exists.ts";
import { readNamedFile } from "../../lib/adapters/folder/read-named-file.ts";
import { documentLimit } from "../../lib/contract/document-limit.ts";
import { HEAD_OBJECT_KEY } from "../../lib/contract/head-object-key.ts";
import { HeadError } from "../../lib/release/head-error.ts";
import type { KeySet } from "../../lib/release/key-set.ts";
import type { SignedHead } from "../../lib/release/signed-head.ts";
import { parseKeptHead } from "../../lib/verify/parse-kept-head.ts";
import { UsageError } from "../usage-error.ts";

export async function readKeptHead(path: string, keys: KeySet | undefined): Promise<SignedHead | undefined> {
  const bytes = await ifExists(readNamedFile(path, documentLimit(HEAD_OBJECT_KEY)));
  if (!bytes) return undefined;
  try {
    return parseKeptHead(bytes, keys, path);
  } catch (error) {
    if (error instanceof HeadError) throw new UsageError(`${path} is not a head: ${error.message}`);
    throw error;
  }
}

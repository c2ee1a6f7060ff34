import { readFile, rename, writeFile } from "node:fs/promises";
import { ifExists } from "../../lib/adapters/folder/if-exists.ts";
import { sha256 } from "../../lib/ports/sha256.ts";
import type { Catalogue } from "../../lib/release/catalogue.ts";
import { HeadError } from "../../lib/release/head-error.ts";
import type { KeySet } from "../../lib/release/key-set.ts";
import { datasetHead, HEAD_KEY, headText, type SignedHead } from "../../lib/release/signed-head.ts";
import { parseKeptHead } from "../../lib/verify/verify-against-head.ts";
import { UsageError } from "../usage-error.ts";

export interface HeadOptions {
  /** A head from another source. */
  head?: string | undefined;
  /** The file of remembered heads. */
  remember?: string | undefined;
}

async function readKept(path: string, keys: KeySet | undefined): Promise<SignedHead | undefined> {
  const bytes = await ifExists(readFile(path));
  if (!bytes) return undefined;
  try {
    return parseKeptHead(bytes, keys, path);
  } catch (error) {
    if (error instanceof HeadError) throw new UsageError(`${path} is not a head: ${error.message}`);
    throw error;
  }
}

/** The heads to compare with, and those to remember. */
export async function keptHeads({ head, remember }: HeadOptions, keys: KeySet | undefined): Promise<{ head: SignedHead; from: string }[]> {
  const kept: { head: SignedHead; from: string }[] = [];
  if (head !== undefined) {
    const found = await readKept(head, keys);
    if (!found) throw new UsageError(`There is no file ${head}: --head names a copy of ${HEAD_KEY}`);
    kept.push({ head: found, from: head });
  }
  // The file of --remember is not signed.
  const own = remember === undefined ? undefined : await readKept(remember, undefined);
  if (own) kept.push({ head: own, from: `${remember}, written by an earlier run,` });
  return kept;
}

/** Writes the heads of the verified datasets; entries of other datasets are kept. */
export async function rememberHead(path: string, catalogues: readonly Catalogue[], site: string | null, now: Date): Promise<void> {
  const before = await readKept(path, undefined);
  const head: SignedHead = {
    site,
    issued: `${now.toISOString().slice(0, 19)}Z`,
    expires: null,
    generator: "",
    pages: "",
    datasets: {
      ...before?.datasets,
      ...Object.fromEntries(catalogues.map((catalogue) => [catalogue.dataset, datasetHead(catalogue, sha256)])),
    },
  };
  const temporary = `${path}.new`;
  await writeFile(temporary, headText(head));
  await rename(temporary, path);
}

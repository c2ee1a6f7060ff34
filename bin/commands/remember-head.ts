import { basename, dirname } from "node:path";
import { writeChecked } from "../../lib/adapters/folder/write-checked.ts";
import { sha256 } from "../../lib/ports/sha256.ts";
import type { Catalogue } from "../../lib/release/catalogue.ts";
import { type SignedHead, signedHeadEntry, signedHeadText } from "../../lib/release/signed-head.ts";
import { pathToWrite } from "../path-to-write.ts";
import { readKeptHead } from "./read-kept-head.ts";

/** Writes the heads of the verified datasets. Entries of other datasets are kept. */
export async function rememberHead(path: string, catalogues: readonly Catalogue[], site: string | null, now: Date): Promise<void> {
  const before = await readKeptHead(path, undefined);
  const head: SignedHead = {
    site,
    issued: `${now.toISOString().slice(0, 19)}Z`,
    expires: null,
    generator: "",
    pages: "",
    datasets: {
      ...before?.datasets,
      ...Object.fromEntries(catalogues.map((catalogue) => [catalogue.dataset, signedHeadEntry(catalogue, sha256)])),
    },
  };
  const target = await pathToWrite(path);
  await writeChecked(dirname(target), basename(target), signedHeadText(head));
}

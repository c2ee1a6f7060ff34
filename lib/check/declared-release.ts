import { DATASET_FILE } from "../contract/dataset-files.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import { METADATA_SCHEMA, type Metadata } from "../dataset/metadata.ts";
import { checkAgainst } from "../json/check-against.ts";
import { readDocument } from "../json/read-document.ts";
import type { Source } from "../ports/ports.ts";
import { readWhole } from "../ports/read-whole.ts";
import { MAX_SMALL_BYTES } from "./read-dataset.ts";

const FILE = DATASET_FILE;

/** The block `release` of dataset.json; empty if the file is missing or has problems. Reads no other file. */
export async function declaredRelease(source: Source): Promise<NonNullable<Metadata["release"]>> {
  const file = (await source.list()).find(({ path }) => path === FILE);
  if (!file || file.bytes > MAX_SMALL_BYTES) return {};
  const { value } = readDocument(FILE, await readWhole(source.read(FILE)), checkAgainst(METADATA_SCHEMA), FIRST_LAYOUT);
  return (value as Metadata | undefined)?.release ?? {};
}

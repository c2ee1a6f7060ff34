import type { RecordLocations } from "../check/table-encodings.ts";
import { keyAnchor } from "../contract/key-anchor.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { bodyOf } from "../ports/body-of.ts";
import type { Store } from "../ports/ports.ts";
import { correctedTable } from "./corrected-table.ts";
import { recordLinesObjectKey } from "./record-lines-object-key.ts";

/** The empty list of a removed release. */
export const NO_LINES = Buffer.from("{}\n");

/**
 * Writes the list of record lines of a release: anchor of a record → `file#L12` in the repository, for correction links. It is derived from
 * the commit, which pages do not read, and is not part of the release.
 */
export async function putRecordLines(
  store: Store,
  version: string,
  dataset: Dataset,
  locations: RecordLocations | undefined,
): Promise<void> {
  const plan = correctedTable(dataset);
  if (!plan || !locations) return;
  const found = [...locations]
    .map(([key, { file, line }]) => [keyAnchor(plan, key), `${file}#L${line}`])
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
  await store.putIfAbsent(
    recordLinesObjectKey(dataset.metadata.name, version),
    bodyOf(Buffer.from(`${JSON.stringify(Object.fromEntries(found))}\n`)),
  );
}

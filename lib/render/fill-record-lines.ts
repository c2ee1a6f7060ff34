import { recordLines } from "../build/record-lines.ts";
import { readDataset } from "../check/read-dataset.ts";
import { runTablesToLocate } from "../check/run-tables.ts";
import type { RecordLocations } from "../check/table-encodings.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import { recordKey } from "../contract/record-key.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { recordsFile } from "../formats/records-file.ts";
import { MissingCommitError } from "../ports/missing-commit-error.ts";
import { parseRecordLine } from "../ports/parse-record-line.ts";
import type { History, Source, Store, Workspace } from "../ports/ports.ts";
import type { ReadableDataset } from "../ports/readable-dataset.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { EXPLORED_ROWS } from "../site/limits.ts";
import { correctedTable } from "./corrected-table.ts";
import { putRecordLines } from "./put-record-lines.ts";
import { recordLinesObjectKey } from "./record-lines-object-key.ts";
import { readSite } from "./site.ts";

/** The line numbers of the records of a published release; undefined if there are too many. */
async function locationsAt(dataset: ReadableDataset, read: Workspace["read"]): Promise<RecordLocations | undefined> {
  const plan = correctedTable(dataset.dataset);
  if (!plan) return undefined;
  const keys = new Set<string>();
  for await (const line of recordLines(read(recordsFile(plan.name)))) {
    keys.add(recordKey(plan, parseRecordLine(line)));
    if (keys.size > EXPLORED_ROWS) return undefined;
  }
  return runTablesToLocate(dataset, { plan, keys });
}

/** The dataset of a commit; undefined if this history lacks the commit, or if its checks fail. */
async function datasetIfThere(source: Source, layout: number): Promise<Dataset | undefined> {
  try {
    return (await readDataset(source, undefined, { layout, mayHaveOverlookedProblems: true })).dataset;
  } catch (error) {
    if (error instanceof MissingCommitError) return undefined;
    throw error;
  }
}

/** Adds the lists of record lines of releases that were published before the repository's address was configured. */
export async function fillRecordLines(
  store: Store,
  { dataset: name, releases, removed }: Catalogue,
  { history, runtime }: { history: Pick<History, "at">; runtime: Runtime },
): Promise<void> {
  if (!(await readSite(store)).repository) return;
  const existing = new Set<string>();
  for await (const { key } of store.list(`pages/${name}/explorer/`)) existing.add(key);
  for (const { version, commit, date, layout = FIRST_LAYOUT } of releases) {
    if (commit === null || existing.has(recordLinesObjectKey(name, version)) || removed.some((event) => event.version === version))
      continue;
    const source = history.at({ id: commit, date, tree: null });
    const dataset = await datasetIfThere(source, layout);
    const read = (file: string): AsyncIterable<Uint8Array> => store.read(`${name}/${version}/${file}`);
    if (dataset) await putRecordLines(store, version, dataset, await locationsAt({ dataset, source, runtime }, read));
  }
}

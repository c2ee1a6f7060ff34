import { lines } from "../build/compare-records.ts";
import { readDataset } from "../check/check-dataset.ts";
import { placesOf } from "../check/run-tables.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import { keyAnchor, recordKey } from "../contract/record-key.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { recordsFile } from "../formats/ndjson/format.ts";
import { bodyOf } from "../ports/body.ts";
import { type History, MissingCommit, type Source, type Store, type Workspace } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { parseRecordLine } from "../ports/stored-documents.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { isStatements } from "../site/explorer/roles.ts";
import { EXPLORED_ROWS } from "../site/limits.ts";
import { readSite } from "./site.ts";

/** Where the lines of a version's records stand in a store. */
export const linesKey = (dataset: string, version: string): string => `pages/${dataset}/explorer/${version}.lines.json`;
/** In the place of those of a removed version. */
export const NO_LINES = Buffer.from("{}\n");
export const isLinesKey = (key: string): boolean => /^pages\/[^/]+\/explorer\/[\d.]+\.lines\.json$/.test(key);

/**
 * Puts beside the pages of a release where the records of its main table stand in the repository, anchor of its key → `file#L12`: what
 * a page links a correction to. It is told from the commit, which pages do not see, and is no part of the release.
 */
export async function putRecordLines(
  store: Store,
  version: string,
  { dataset, source, runtime, read }: { dataset: Dataset; source: Source; runtime: Runtime; read: Workspace["read"] },
): Promise<void> {
  const plan = dataset.plans.find(isStatements) ?? dataset.plans[0];
  if (!plan) return;
  const keys = new Set<string>();
  for await (const line of lines(read(recordsFile(plan.name)))) {
    keys.add(recordKey(plan, parseRecordLine(line)));
    if (keys.size > EXPLORED_ROWS) return;
  }
  const places = await placesOf(dataset, source, runtime, plan, keys);
  const found = [...places]
    .map(([key, { file, line }]) => [keyAnchor(plan, key), `${file}#L${line}`])
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
  await store.putIfAbsent(linesKey(dataset.metadata.name, version), bodyOf(Buffer.from(`${JSON.stringify(Object.fromEntries(found))}\n`)));
}

/** The dataset of a commit; undefined where this history does not hold it, or where these checks refuse it. */
async function datasetIfThere(source: Source, layout: number): Promise<Dataset | undefined> {
  try {
    return (await readDataset(source, undefined, layout)).dataset;
  } catch (error) {
    if (error instanceof MissingCommit) return undefined;
    throw error;
  }
}

/** The same for the releases that were made before anybody said where the repository is. */
export async function fillRecordLines(
  store: Store,
  { dataset: name, releases, removed }: Catalogue,
  { history, runtime }: { history: Pick<History, "at">; runtime: Runtime },
): Promise<void> {
  if (!(await readSite(store)).repository) return;
  const there = new Set<string>();
  for await (const { key } of store.list(`pages/${name}/explorer/`)) there.add(key);
  for (const { version, commit, date, layout = FIRST_LAYOUT } of releases) {
    if (commit === null || there.has(linesKey(name, version)) || removed.some((event) => event.version === version)) continue;
    const source = history.at({ id: commit, date, tree: null });
    const dataset = await datasetIfThere(source, layout);
    const read = (file: string): AsyncIterable<Uint8Array> => store.read(`${name}/${version}/${file}`);
    if (dataset) await putRecordLines(store, version, { dataset, source, runtime, read });
  }
}

import { DATASET_FILE } from "../contract/dataset-files.ts";
import { grouped } from "../contract/grouped.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { Format } from "../formats/format.ts";
import { FORMATS } from "../formats/formats.ts";
import type { Difference, TableDifference } from "../release/difference.ts";
import { LARGE_DATASET_RECORDS } from "./is-large-dataset.ts";

interface GrowingDataset {
  /** Current number of records by table. */
  rows: ReadonlyMap<string, number>;
  /** The formats that `dataset.json` names, if it does. */
  named: readonly string[] | undefined;
  /** The formats of the base; undefined if they are not known. */
  before: readonly string[] | undefined;
  /** Default: all of this package. */
  known?: readonly Format[] | undefined;
}

/** How many more records a table has than in the base. */
const growth = ({ counts: { added, removed, replaced } }: TableDifference): number => added - removed - replaced;

/** Whether a number exceeds a limit after it grew, but did not before. */
const crosses = (limit: number, { now, grown }: { now: number; grown: number }): boolean => now > limit && now - grown <= limit;

/** The warning if the dataset grows over the size above which a first release has fewer formats. A published dataset keeps its formats. */
function largeDatasetWarning(differences: readonly TableDifference[], { rows, named, before, known = FORMATS }: GrowingDataset): Problem[] {
  const hasChoice = named === undefined && known.some(({ name, isForSmallOnly }) => isForSmallOnly && (before?.includes(name) ?? true));
  const now = [...rows.values()].reduce((sum, count) => sum + count, 0);
  const grown = differences.reduce((sum, table) => sum + growth(table), 0);
  if (!hasChoice || !crosses(LARGE_DATASET_RECORDS, { now, grown })) return [];
  return [
    fileProblem(
      DATASET_FILE,
      `The dataset grows to more than ${grouped(LARGE_DATASET_RECORDS)} records, and keeps the formats that it has`,
      'To publish smaller releases, list fewer formats in "release.formats", such as csv, ndjson and parquet: a major change.',
    ),
  ];
}

/** Returns warnings about a dataset that becomes large, and about each table that grows over the maximum rows of a format. */
export function sizeWarnings({ tables }: Pick<Difference, "tables">, dataset: GrowingDataset): Problem[] {
  const names = dataset.named ?? dataset.before;
  const warnings = largeDatasetWarning(Object.values(tables), dataset);
  for (const { name, label, maxRows } of dataset.known ?? FORMATS) {
    if (maxRows === undefined || names?.includes(name) === false) continue;
    for (const [table, difference] of Object.entries(tables))
      if (crosses(maxRows, { now: dataset.rows.get(table) ?? 0, grown: growth(difference) }))
        warnings.push(
          fileProblem(
            `${table}.json`,
            `The table grows to more than ${grouped(maxRows)} rows: the ${label} file no longer contains it`,
            "The other files still contain it. If it must be in this file, split the table.",
          ),
        );
  }
  return warnings;
}

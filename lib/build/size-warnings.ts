import { DATASET_FILE } from "../contract/dataset-files.ts";
import { grouped } from "../contract/grouped.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
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
}

/** How many more records a table has than in the base. */
const growth = ({ counts: { added, removed, replaced } }: TableDifference): number => added - removed - replaced;

/** Whether a number exceeds a limit after it grew, but did not before. */
const crosses = (limit: number, { now, grown }: { now: number; grown: number }): boolean => now > limit && now - grown <= limit;

/**
 * Returns a warning if the dataset grows over the size above which a first release has fewer formats, and for each table that grows over the
 * maximum rows of a format. A published dataset keeps its formats, so no file disappears.
 */
export function sizeWarnings({ tables }: Pick<Difference, "tables">, { rows, named, before }: GrowingDataset): Problem[] {
  const formats = named ?? before;
  const maySave = named === undefined && FORMATS.some(({ name, isForSmallOnly }) => isForSmallOnly && (before?.includes(name) ?? true));
  const total = {
    now: [...rows.values()].reduce((sum, count) => sum + count, 0),
    grown: Object.values(tables).reduce((sum, table) => sum + growth(table), 0),
  };
  const large =
    maySave && crosses(LARGE_DATASET_RECORDS, total)
      ? [
          fileProblem(
            DATASET_FILE,
            `The dataset grows to more than ${grouped(LARGE_DATASET_RECORDS)} records, and keeps the formats that it has`,
            'To publish smaller releases, list fewer formats in "release.formats", such as csv, ndjson and parquet: a major change.',
          ),
        ]
      : [];
  const omitted = FORMATS.flatMap(({ name, label, maxRows }) =>
    maxRows !== undefined && (formats?.includes(name) ?? true)
      ? Object.entries(tables)
          .filter(([table, difference]) => crosses(maxRows, { now: rows.get(table) ?? 0, grown: growth(difference) }))
          .map(([table]) =>
            fileProblem(
              `${table}.json`,
              `The table grows to more than ${grouped(maxRows)} rows: the ${label} file no longer contains it`,
              "The other files still contain it. If it must be in this file, split the table.",
            ),
          )
      : [],
  );
  return [...large, ...omitted];
}

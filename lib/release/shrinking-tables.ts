import { DATASET_FILE } from "../contract/dataset-files.ts";
import type { Metadata } from "../dataset/metadata.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { Difference } from "./difference.ts";

/** Smaller losses count as ordinary corrections, whatever the size of the table. */
const MIN_LOST = 10;

const SHRINK_PERCENT = 10;

/**
 * Returns a problem for each table that loses a large share of its records, unless `dataset.json` confirms the number of remaining records.
 * A confirmation therefore covers no later change.
 */
export function shrinkingTables(
  { tables }: Pick<Difference, "tables">,
  { shrinkPercent, shrinks }: NonNullable<Metadata["release"]>,
): Problem[] {
  const percent = shrinkPercent ?? SHRINK_PERCENT;
  return Object.entries(tables).flatMap(
    ([
      table,
      {
        active: { before, after, lost },
      },
    ]) =>
      lost < MIN_LOST || lost * 100 <= before * percent || shrinks?.[table] === after
        ? []
        : [
            fileProblem(
              DATASET_FILE,
              `The change removes or deprecates ${lost} of ${before} ${table}, more than ${percent} %`,
              `Restore the missing records. If the change is intended, confirm how many are left: "shrinks": { "${table}": ${after} } in the block "release" of dataset.json.`,
            ),
          ],
  );
}

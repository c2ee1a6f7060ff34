import type { TypeChange } from "../formats/format.ts";
import { listFormatFiles } from "../formats/list-format-files.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** Names of the files of a release. */
type Files = ReadonlySet<string>;

/**
 * What `datapackage.json` does not show: columns with another type in a file that both releases have, by the format of the file. `name`:
 * of the dataset.
 */
export function fileTypeChanges(
  name: string,
  [old, oldFiles]: readonly [readonly TablePlan[], Files],
  [now, nowFiles]: readonly [readonly TablePlan[], Files],
): TypeChange[] {
  return now.flatMap((plan) => {
    const before = old.find((one) => one.name === plan.name);
    if (!before) return [];
    const files = listFormatFiles({ metadata: { name }, plans: [plan] }).filter(
      (file) => oldFiles.has(file.name) && nowFiles.has(file.name),
    );
    return files.flatMap(({ name: file, format }) => format.typeChanges?.(file, before, plan) ?? []);
  });
}

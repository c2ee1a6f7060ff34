import type { FileChange } from "../formats/format.ts";
import { listFormatFiles } from "../formats/list-format-files.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** Names of the files of a release. */
type Files = ReadonlySet<string>;

/**
 * What `datapackage.json` does not show: changes of a file that both releases have, as its format in formats.ts finds them. `name`: of the
 * dataset.
 */
export function formatChanges(
  name: string,
  [old, oldFiles]: readonly [readonly TablePlan[], Files],
  [now, nowFiles]: readonly [readonly TablePlan[], Files],
): FileChange[] {
  return now.flatMap((plan) => {
    const before = old.find((one) => one.name === plan.name);
    if (!before) return [];
    const files = listFormatFiles({ metadata: { name }, plans: [plan] }).filter(
      (file) => oldFiles.has(file.name) && nowFiles.has(file.name),
    );
    return files.flatMap(({ name: file, format }) => format.changes?.(file, before, plan) ?? []);
  });
}

import type { FileChange } from "../formats/format.ts";
import { listFormatFiles } from "../formats/list-format-files.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** Names of the files of a release. */
type FileNames = ReadonlySet<string>;

/** Changes of files in both releases that `datapackage.json` does not show, as found by their formats. `name`: name of the dataset. */
export function formatChanges(
  name: string,
  [old, oldFiles]: readonly [readonly TablePlan[], FileNames],
  [now, nowFiles]: readonly [readonly TablePlan[], FileNames],
): FileChange[] {
  return now.flatMap((plan) => {
    const before = old.find(({ name: table }) => table === plan.name);
    if (!before) return [];
    const files = listFormatFiles({ metadata: { name }, plans: [plan] }).filter(
      (file) => oldFiles.has(file.name) && nowFiles.has(file.name),
    );
    return files.flatMap(({ name: file, format }) => format.changes?.(file, before, plan) ?? []);
  });
}

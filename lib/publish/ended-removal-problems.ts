import { DATASET_FILE } from "../contract/dataset-files.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { Catalogue } from "../release/catalogue.ts";
import type { Control } from "../release/with-controls.ts";

/** Problems for removals that `dataset.json` no longer lists. */
export function endedRemovalProblems({ removed }: Pick<Catalogue, "removed">, release: Control["release"]): Problem[] {
  const named = new Set(release.removed?.map(({ version }) => version));
  return [...new Set(removed.map(({ version }) => version))]
    .filter((version) => !named.has(version))
    .map((version) =>
      fileProblem(
        DATASET_FILE,
        `${version} stays removed although "removed" no longer lists it: a removal is permanent`,
        "Name it there again. To publish its data again, make a new release of it.",
      ),
    );
}

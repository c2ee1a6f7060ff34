import { DATASET_FILE } from "../contract/dataset-files.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { comparisonBaseCandidates } from "../release/comparison-base.ts";
import { breakingDifferences } from "../release/difference.ts";
import { unannouncedBreaks } from "../release/unannounced-breaks.ts";
import type { ComparisonRules } from "./compare-releases.ts";
import type { Comparisons } from "./comparisons.ts";
import { releaseRecordsPolicy } from "./release-side.ts";

/** A withdrawn release can be reinstated only if the later releases that skipped it in their comparison are compatible with it. */
export async function reinstatementProblems(
  catalogue: Catalogue,
  versions: readonly string[],
  comparisons: Comparisons,
  rules: Pick<ComparisonRules, "ignoresFileTypes"> = {},
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const version of versions) {
    const entry = catalogue.releases.find((listed) => listed.version === version) as CatalogueEntry;
    for (const later of comparisonBaseCandidates(catalogue, version)) {
      const old = await comparisons.side(entry, catalogue);
      const { difference } = await comparisons.between(old, await comparisons.side(later, catalogue), rules);
      const sentences = difference.level === "major" ? breakingDifferences(difference, releaseRecordsPolicy(old)) : [];
      if (unannouncedBreaks(sentences, version, later.version).length > 0)
        problems.push(
          fileProblem(
            DATASET_FILE,
            `The withdrawal of ${version} cannot be undone: ${later.version}, released since, lacks some of its content: ${sentences.join("; ")}`,
            `Leave ${version} withdrawn. To publish its content again, add it to the data: the next release includes it.`,
          ),
        );
    }
  }
  return problems;
}

import { releaseRecordsPromise } from "../build/release-side.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { comparedPast } from "../release/comparison-base.ts";
import { breakingDifferences } from "../release/difference.ts";
import { unannouncedBreaks } from "../release/unannounced-breaks.ts";
import type { Build } from "./commit-builds.ts";
import type { Comparisons } from "./comparisons.ts";

/** Withdrawals whose commit is not on the branch cannot be ended by it: its dataset.json merely lacks them. */
export async function unknownWithdrawalProblems(
  isOnBranch: (commit: string) => Promise<boolean>,
  { withdrawn }: Catalogue,
  versions: readonly string[],
  { dataset }: Pick<Build, "dataset">,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const version of versions) {
    const commit = withdrawn.findLast((event) => event.version === version)?.commit;
    if (!commit || commit === dataset.metadata.release?.rewritten || (await isOnBranch(commit))) continue;
    problems.push(
      fileProblem(
        "dataset.json",
        `${version} was withdrawn by commit ${commit}, which is not part of this branch`,
        `Run: git fetch, and merge or rebase onto it. If history was rewritten without that commit, declare it: "rewritten": "${commit}" in the block "release".`,
      ),
    );
  }
  return problems;
}

/** A withdrawn release can be reinstated only if the later releases that skipped it in their comparison are compatible with it. */
export async function reinstatementProblems(
  catalogue: Catalogue,
  versions: readonly string[],
  comparisons: Comparisons,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const version of versions) {
    const entry = catalogue.releases.find((listed) => listed.version === version) as CatalogueEntry;
    for (const later of comparedPast(catalogue, version)) {
      const old = await comparisons.side(entry, catalogue);
      const { difference } = await comparisons.between(old, await comparisons.side(later, catalogue));
      const sentences = difference.level === "major" ? breakingDifferences(difference, releaseRecordsPromise(old)) : [];
      if (unannouncedBreaks(sentences, version, later.version).length > 0)
        problems.push(
          fileProblem(
            "dataset.json",
            `The withdrawal of ${version} cannot be undone: ${later.version}, released since, lacks some of its content: ${sentences.join("; ")}`,
            `Leave ${version} withdrawn. To publish its content again, add it to the data: the next release includes it.`,
          ),
        );
    }
  }
  return problems;
}

import { DATASET_FILE } from "../contract/dataset-files.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { Catalogue } from "../release/catalogue.ts";
import type { BuiltCommit } from "./commit-builds.ts";

/** Problems for withdrawals that a commit would end only because the branch, and so its dataset.json, lacks them. */
export async function unknownWithdrawalProblems(
  isOnBranch: (commit: string) => Promise<boolean>,
  { withdrawn }: Catalogue,
  versions: readonly string[],
  { dataset }: Pick<BuiltCommit, "dataset">,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const version of versions) {
    const commit = withdrawn.findLast((event) => event.version === version)?.commit;
    if (!commit || commit === dataset.metadata.release?.rewritten || (await isOnBranch(commit))) continue;
    problems.push(
      fileProblem(
        DATASET_FILE,
        `${version} was withdrawn by commit ${commit}, which is not part of this branch`,
        `Run: git fetch, and merge or rebase onto it. If history was rewritten without that commit, declare it: "rewritten": "${commit}" in the block "release".`,
      ),
    );
  }
  return problems;
}

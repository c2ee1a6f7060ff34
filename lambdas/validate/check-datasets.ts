import { shortCommitId } from "../../lib/contract/short-commit-id.ts";
import type { CheckContext, CheckedRepository } from "./check-context.ts";
import type { CheckedDataset } from "./checked-dataset.ts";
import type { ComparedTrees } from "./compared-trees.ts";
import { DatasetCheck } from "./dataset-check.ts";
import { type InnerCommit, TOO_MANY } from "./inner-commits.ts";
import { notChecked } from "./not-checked.ts";
import { touchedDatasets } from "./touched-datasets.ts";

export async function checkDatasets(
  repository: CheckedRepository,
  datasets: readonly string[],
  comparison: ComparedTrees,
  context: CheckContext,
): Promise<CheckedDataset[]> {
  const checked: CheckedDataset[] = [];
  for (const dataset of datasets) checked.push(await new DatasetCheck(repository, dataset, context).run(comparison));
  return checked;
}

/** Checks each commit of a pull request against its parent. If rebase is the only merge method, each is released separately. */
export async function checkDatasetsOfInnerCommits(
  repository: CheckedRepository,
  datasets: readonly string[],
  commits: readonly InnerCommit[] | undefined,
  context: CheckContext,
): Promise<CheckedDataset[]> {
  if (commits === undefined) return datasets.slice(0, 1).map((dataset) => notChecked(dataset, TOO_MANY));
  const found: CheckedDataset[] = [];
  for (const { id, tree, parent, before: base } of commits.length > 1 ? commits : []) {
    const touched = new Set(await touchedDatasets(repository, { tree, base }));
    for (const dataset of datasets.filter((name) => touched.has(name))) {
      const check = new DatasetCheck(repository, dataset, context);
      const { change, ...checked } = await check.run({ tree, commit: id, base, baseCommit: parent });
      const problems = [...checked.problems, ...(change?.problems ?? [])].map((problem) => ({
        ...problem,
        message: `In commit ${shortCommitId(id)}: ${problem.message}`,
      }));
      const problemCount = checked.problemCount + (change?.problems.length ?? 0);
      if (problemCount > 0) found.push({ ...checked, problems, problemCount });
    }
  }
  return found;
}

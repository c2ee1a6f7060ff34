import type { Verdict } from "../../lib/ports/forge.ts";
import type { CheckContext, CheckedRepository } from "./check-context.ts";
import { checkDatasets, checkDatasetsOfInnerCommits } from "./check-datasets.ts";
import { checkVerdict } from "./check-verdict.ts";
import type { CheckedDataset } from "./checked-dataset.ts";
import { commentText } from "./comment-text.ts";
import type { ComparedTrees } from "./compared-trees.ts";
import { innerCommits } from "./inner-commits.ts";
import { isRebaseOnly } from "./is-rebase-only.ts";
import { notChecked } from "./not-checked.ts";
import { rebaseNote } from "./rebase-note.ts";
import { touchedDatasets } from "./touched-datasets.ts";

/** Maximum datasets that one commit may change. */
const MAX_DATASETS = 1_000;
const TOO_MANY_DATASETS = `Not checked: the commit changes more than ${MAX_DATASETS} datasets. Split the change`;

interface CheckedDatasets {
  datasets: CheckedDataset[];
  /** A note on rebase merging. */
  note?: string | undefined;
}

/** The report on a commit. */
export interface CommitReport {
  verdict: Verdict;
  /** Comment on the pull request. */
  comment: string;
  datasets: string[];
}

/** The compared trees: the commit's tree and that of its merge base with the published branch. */
async function comparisonOf({ forge, branch }: CheckedRepository, sha: string): Promise<ComparedTrees & { mergeBase: string | undefined }> {
  const { tree } = await forge.commit(sha);
  const mergeBase = await forge.mergeBase(branch, sha);
  if (mergeBase === undefined) return { tree, commit: sha, mergeBase, base: null };
  return { tree, commit: sha, mergeBase, base: (await forge.commit(mergeBase)).tree, baseCommit: mergeBase };
}

async function checkAll(repository: CheckedRepository, sha: string, context: CheckContext): Promise<CheckedDatasets> {
  const { mergeBase, ...comparison } = await comparisonOf(repository, sha);
  const touched = await touchedDatasets(repository, comparison);
  if (touched.length === 0) return { datasets: [] };
  if (touched.length > MAX_DATASETS) return { datasets: touched.slice(0, 1).map((dataset) => notChecked(dataset, TOO_MANY_DATASETS)) };
  const datasets = await checkDatasets(repository, touched, comparison, context);
  const methods = await repository.forge.mergeMethods();
  const commits = await innerCommits(repository.forge, sha, { branch: repository.branch, base: mergeBase });
  if (isRebaseOnly(methods)) datasets.push(...(await checkDatasetsOfInnerCommits(repository, touched, commits, context)));
  return { datasets, note: rebaseNote(methods, commits?.length) };
}

/**
 * Checks the datasets that a commit changes. Depends only on the commit and its merge base, so a push, a pull request and a merge queue get
 * the same verdict.
 */
export async function checkChangedDatasets(repository: CheckedRepository, sha: string, context: CheckContext): Promise<CommitReport> {
  const { datasets, note } = await checkAll(repository, sha, context);
  const verdict = checkVerdict(datasets, repository.dataFolder);
  if (note !== undefined) verdict.summary = [verdict.summary, note].filter(Boolean).join("\n\n");
  return { verdict, comment: commentText(datasets), datasets: datasets.map(({ dataset }) => dataset) };
}

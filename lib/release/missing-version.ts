import { DATASET_FILE } from "../contract/dataset-files.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";

/** The problem of a published dataset that no longer has `release.version`. `newest`: its newest version. */
export const missingVersion = (newest: string): Problem =>
  fileProblem(
    DATASET_FILE,
    "dataset.json no longer has release.version: a published dataset cannot become a draft again",
    `Put it back: "version": "${newest}" in the block "release". To end the dataset, keep the version, give the reason as "ended" in the same block, and delete the folder in a later commit. If no version was published yet, squash this commit with the one that named it (git rebase -i).`,
  );

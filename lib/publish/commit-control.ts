import type { Control } from "../release/with-controls.ts";
import type { BuiltCommit } from "./commit-builds.ts";

export const commitControl = ({ commit, dataset }: Pick<BuiltCommit, "commit" | "dataset">): Control => ({
  commit: commit.id,
  date: commit.date,
  release: dataset.metadata.release ?? {},
});

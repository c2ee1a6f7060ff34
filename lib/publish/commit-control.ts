import type { Control } from "../release/with-controls.ts";
import type { Build } from "./commit-builds.ts";

export const commitControl = ({ commit, dataset }: Pick<Build, "commit" | "dataset">): Control => ({
  commit: commit.id,
  date: commit.date,
  release: dataset.metadata.release ?? {},
});

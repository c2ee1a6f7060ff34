import type { Dataset } from "../dataset/dataset.ts";
import type { Commit } from "../ports/ports.ts";
import type { Control } from "../release/with-controls.ts";

export const commitControl = ({ commit, dataset }: { commit: Commit; dataset: Dataset }): Control => ({
  commit: commit.id,
  date: commit.date,
  release: dataset.metadata.release ?? {},
});

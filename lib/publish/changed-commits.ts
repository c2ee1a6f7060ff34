import type { Commit } from "../ports/ports.ts";
import type { BranchStatus } from "./branch-status.ts";

/** Commits that change the folder, compared with the previous commit. */
export function changedCommits({ commits, base }: Pick<BranchStatus, "commits" | "base">): Commit[] {
  return commits.filter(({ tree }, i) => tree !== null && tree !== (i === 0 ? base : (commits[i - 1] as Commit).tree));
}

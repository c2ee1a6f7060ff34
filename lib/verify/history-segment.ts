import type { Commit, History } from "../ports/ports.ts";

/** Indexes of commits: the commit of the previous release (-1 for the first release), and the last commit. */
export interface SegmentRange {
  from: number;
  to: number;
  /** History was rewritten before the release: earlier commits are not on the branch. */
  isBreak: boolean;
}

/** A history that ends at the commit `to`, with the commits after `from` pending. */
export function historySegment(history: History, commits: readonly Commit[], { from, to, isBreak }: SegmentRange): History {
  const part = commits.slice(from + 1, to + 1);
  const tip = part.at(-1) ?? commits[from] ?? null;
  return {
    at: (commit) => history.at(commit),
    position: (commit) => history.position(commit),
    isTipWithin: async () => false,
    async after(since) {
      if (since !== null && since === tip?.id) return { position: "on", base: tip.tree, commits: [], tip };
      if (isBreak) return { position: "aside", base: null, commits: [], tip };
      return { position: "on", base: commits[from]?.tree ?? null, commits: part, tip };
    },
  };
}

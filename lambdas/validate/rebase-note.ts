import type { MergeMethods } from "../../lib/ports/forge.ts";
import { MAX_COMMITS } from "./inner-commits.ts";
import { isRebaseOnly } from "./is-rebase-only.ts";

/** A note on rebase merging; undefined if it is not allowed or there is only one commit. */
export function rebaseNote(methods: MergeMethods | undefined, count: number | undefined): string | undefined {
  if (count === 1) return undefined;
  const many = count === undefined ? `its commits (more than ${MAX_COMMITS})` : `its ${count} commits`;
  if (methods === undefined)
    return `The merge methods of this repository are unknown. Merged by rebase, each of ${many} would be released by itself.`;
  if (!methods.rebase) return undefined;
  return isRebaseOnly(methods)
    ? `This repository merges by rebase only: each of ${many} is checked and released by itself.`
    : `Checked as one commit. This repository also allows merging by rebase: then each of ${many} is released by itself.`;
}

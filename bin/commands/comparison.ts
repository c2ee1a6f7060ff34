import type { CheckedChange, FindBase } from "../../lib/build/check-change.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import type { Control } from "../../lib/release/with-controls.ts";
import type { PendingVerdict } from "./check-unreleased.ts";

/** How to compare a dataset of the working folder: with its published branch, or with the releases of a store. */
export interface Comparison {
  /** The base of the working folder. */
  findBase: FindBase;
  /** Compares the `release` block of `dataset.json` with the releases of a store. */
  checkControls(release: Control["release"]): Promise<{ problems: Problem[]; warnings: Problem[] }>;
  /** Checks the commits that are not published yet; undefined if there are none to check. */
  checkCommits(): Promise<PendingVerdict | undefined>;
  /** The result for the working folder, without a change that does not count. */
  withoutSelf(checked: CheckedChange): CheckedChange;
  /** The level of a change and the base, on one line; undefined if there is nothing to report. */
  levelLine(checked: CheckedChange): string | undefined;
}

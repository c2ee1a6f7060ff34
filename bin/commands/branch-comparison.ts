import type { CheckedChange, FindBase } from "../../lib/build/check-change.ts";
import type { DatasetInGit } from "../dataset-in-git.ts";
import { BranchBase, type FoundBase } from "./branch-base.ts";
import { checkUnpushed } from "./check-unreleased.ts";
import { COMPARE_WITH_RELEASE } from "./compare-with-release.ts";
import type { Comparison } from "./comparison.ts";

/** Compares a dataset with its published branch. */
export class BranchComparison implements Comparison {
  readonly #dataset: DatasetInGit;
  #found: FoundBase | undefined;

  constructor(dataset: DatasetInGit) {
    this.#dataset = dataset;
  }

  readonly findBase: FindBase = async (open, now) => {
    this.#found = await new BranchBase(this.#dataset, now, open).find();
    return this.#found.base;
  };

  /** Does nothing, because git does not record releases. */
  async checkControls(): ReturnType<Comparison["checkControls"]> {
    return { problems: [], warnings: [] };
  }

  checkCommits(): ReturnType<Comparison["checkCommits"]> {
    return checkUnpushed(this.#dataset);
  }

  /** Reports a comparison as not made if the working folder is clean and equals its base, the tip of the published branch. */
  withoutSelf(checked: CheckedChange): CheckedChange {
    const { change, ...rest } = checked;
    const head = this.#found?.head;
    if (head === undefined || change?.base !== head || change.level !== "none") return checked;
    return { ...rest, notCompared: `the working folder has no changes since ${head}. ${COMPARE_WITH_RELEASE}` };
  }

  levelLine({ change, notCompared }: CheckedChange): string | undefined {
    if (notCompared !== undefined) return `not compared: ${notCompared}`;
    if (this.#found?.base.kind === "new") return `a new dataset: ${this.#found.base.name} does not contain it`;
    if (!change || this.#found?.base.kind !== "known") return undefined;
    const { level, summary, base } = change;
    const text = level === "none" ? "no change" : `${level}, ${summary}`;
    const { parent } = this.#found;
    return parent
      ? `${parent.of} against its first parent (${parent.commit}): ${text}. ${COMPARE_WITH_RELEASE}`
      : `working folder against ${base}: ${text}`;
  }
}

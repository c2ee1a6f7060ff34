import type { DatasetFolder } from "../find-datasets.ts";
import type { CheckResult } from "./check-folder.ts";
import type { MissingDataset } from "./missing-datasets.ts";

/** Where `check` reports its results. */
export interface CheckReporter {
  /** `line` describes the changes to a file. */
  fixed(line: string): void;
  /** `unusual`: files that `--fix` would format. */
  checked(dataset: DatasetFolder, result: CheckResult, unusual: readonly string[]): void;
  missing(dataset: MissingDataset, isAccepted: boolean): void;
  /** `count`: number of all datasets, including missing ones. */
  end(count: number): void;
}

import type { DatasetFolder } from "../find-datasets.ts";
import type { CheckResult } from "./check-folder.ts";
import type { MissingDataset } from "./missing-datasets.ts";

/** What `check` prints. */
export interface CheckOutput {
  /** `line` says what was changed in a file. */
  fixed(line: string): void;
  /** `unusual`: files that `--fix` would format. */
  checked(dataset: DatasetFolder, result: CheckResult, unusual: readonly string[]): void;
  missing(dataset: MissingDataset, isAccepted: boolean): void;
  /** `count`: of all datasets, those that are missing included. */
  end(count: number): void;
}

import type { CommitReader, FetchLimits } from "../../lib/ports/forge.ts";
import type { Catalogue } from "../../lib/release/catalogue.ts";
import type { CheckedDataset } from "./checked-dataset.ts";

/** The repository of the checked commit, on its forge or in a clone. */
export interface CheckedRepository {
  forge: CommitReader;
  /** The published branch. */
  branch: string;
  dataFolder: string;
}

/** The limits and resources of a check. */
export interface CheckContext {
  /** Time for all datasets and the report. */
  secondsLeft(): number;
  /** Maximum size of a dataset. Larger ones are not read. */
  limits: FetchLimits;
  /** Maximum size of a dataset that is checked in this process, if smaller. */
  functionLimits?: FetchLimits;
  /** Maximum time for the check of one dataset. */
  deadlineSeconds: number;
  heapMB: number;
  /** The program of the thread that checks (lib/adapters/threads/isolated-check.ts). */
  worker: URL;
  /** Folder for copies of datasets. */
  folder: string;
  /** The catalogue of a dataset. Called only if withdrawals may determine the base. */
  readCatalogue(dataset: string): Promise<Catalogue>;
  log(line: string, fields: object): void;
  /** Called for a dataset that exceeds these limits. Returns its verdict, or throws. */
  onTooLarge(dataset: string, message: string, remedy?: string): CheckedDataset;
}

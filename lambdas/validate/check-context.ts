import type { CommitReader, FetchLimits } from "../../lib/ports/forge.ts";
import type { Catalogue } from "../../lib/release/catalogue.ts";
import type { CheckedDataset } from "./check-verdict.ts";

/** The repository whose commit is checked: on its forge, or in a clone. */
export interface CheckedRepository {
  forge: CommitReader;
  /** The published branch. */
  branch: string;
  dataFolder: string;
}

/** What the check of a commit has: its limits, its thread, its folder, the catalogues. */
export interface CheckContext {
  /** Time for all datasets and the report. */
  secondsLeft(): number;
  /** Maximum of one dataset that is read at all. */
  limits: FetchLimits;
  /** Maximum of one dataset that is checked here, if that is less. */
  functionLimits?: FetchLimits;
  /** Maximum time for the check of one dataset; less if less is left. */
  deadlineSeconds: number;
  heapMB: number;
  /** The program of the thread that checks (lib/adapters/threads/isolated-check.ts). */
  worker: URL;
  /** For the files of datasets. */
  folder: string;
  /** The catalogue of a dataset, which is read only if withdrawals may decide what a change is compared with. */
  readCatalogue(dataset: string): Promise<Catalogue>;
  log(line: string, fields: object): void;
  /** What becomes of a dataset that is larger, or takes longer, than this context allows: its verdict, or an error. */
  onTooLarge(dataset: string, message: string, remedy?: string): CheckedDataset;
}

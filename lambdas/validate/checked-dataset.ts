import type { IsolatedResult } from "../../lib/adapters/threads/isolated-check.ts";

/** The check of one dataset. */
export interface CheckedDataset extends IsolatedResult {
  dataset: string;
  /** The declared end of a dataset that the commit deletes. */
  end?: string;
}

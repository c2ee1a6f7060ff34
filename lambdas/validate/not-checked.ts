import type { CheckedDataset } from "./checked-dataset.ts";

/** The result of a check that did not run, with the reason as its problem. */
export const notChecked = (dataset: string, message: string, remedy?: string): CheckedDataset => ({
  dataset,
  problems: [{ file: ".", line: 0, column: 0, message, ...(remedy === undefined ? {} : { remedy }) }],
  problemCount: 1,
  records: new Map(),
});

import { isSqlCheckFile } from "../dataset/sql-check.ts";
import { isViewFile } from "../dataset/view.ts";

/** Files that describe the dataset, which are read whole. */
const SMALL = ["dataset.json", "schema.json", "LICENSE"];

/** Whether a file describes the dataset; all others hold its records. */
export const describesDataset = (path: string): boolean => SMALL.includes(path) || isSqlCheckFile(path) || isViewFile(path);

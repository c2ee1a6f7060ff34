import { DATASET_FILE, SCHEMA_FILE } from "../contract/dataset-files.ts";
import { LICENSE_FILE } from "../contract/release-files.ts";
import { isSqlCheckFile } from "../dataset/is-sql-check-file.ts";
import { isViewFile } from "../dataset/is-view-file.ts";

/** Files that describe the dataset, which are read whole. */
const SMALL = [DATASET_FILE, SCHEMA_FILE, LICENSE_FILE];

/** Whether a file describes the dataset; all others contain records. */
export const describesDataset = (path: string): boolean => SMALL.includes(path) || isSqlCheckFile(path) || isViewFile(path);

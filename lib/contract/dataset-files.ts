/** The metadata of a dataset, and instructions to `publish`. */
export const DATASET_FILE = "dataset.json";

/** The schema of a dataset, and of each of its releases. */
export const SCHEMA_FILE = "schema.json";

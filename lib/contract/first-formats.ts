/** Names of the formats of releases whose entry in the catalogue names none. */
export const FIRST_FORMATS: readonly string[] = ["csv", "json", "ndjson", "dataset-json"];

/** Formats of a release whose catalogue entry lists none. */
export const FIRST_FORMATS: readonly string[] = ["csv", "json", "ndjson", "dataset-json"];

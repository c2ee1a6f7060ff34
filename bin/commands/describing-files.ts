import { DATASET_FILE, SCHEMA_FILE } from "../../lib/contract/dataset-files.ts";
import { PLACEHOLDER_DESCRIPTION, PLACEHOLDER_LICENSE } from "../../lib/dataset/placeholder-problems.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { jsonFileText } from "./json-file-text.ts";

/** The files that describe a dataset of one table, with placeholders that `check` refuses to release. */
export const describingFiles = (name: string, title: string, table: string, schema: Schema): Record<string, string> => ({
  [DATASET_FILE]: jsonFileText({
    name,
    title,
    description: PLACEHOLDER_DESCRIPTION,
    licenses: [PLACEHOLDER_LICENSE],
  }),
  [SCHEMA_FILE]: jsonFileText({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title,
    type: "object",
    properties: { [table]: schema },
  }),
});

import { PLACEHOLDER_DESCRIPTION, PLACEHOLDER_LICENSE } from "../../lib/dataset/placeholder-problems.ts";
import type { Schema } from "../../lib/schema/table-plan.ts";

export const jsonFile = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The files that describe a dataset of one table. They have placeholders that `check` refuses to release. */
export const describingFiles = (name: string, title: string, table: string, schema: Schema): Record<string, string> => ({
  "dataset.json": jsonFile({
    name,
    title,
    description: PLACEHOLDER_DESCRIPTION,
    licenses: [PLACEHOLDER_LICENSE],
  }),
  "schema.json": jsonFile({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title,
    type: "object",
    properties: { [table]: schema },
  }),
});

import { PLACEHOLDER_DESCRIPTION, PLACEHOLDER_LICENSE } from "../../lib/dataset/placeholder-problems.ts";
import type { Schema } from "../../lib/schema/table-plan.ts";

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The files that describe a dataset of one table. They have placeholders that `check` refuses to release. */
export const describingFiles = (name: string, title: string, table: string, schema: Schema): Record<string, string> => ({
  "dataset.json": json({
    name,
    title,
    description: PLACEHOLDER_DESCRIPTION,
    licenses: [PLACEHOLDER_LICENSE],
  }),
  "schema.json": json({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title,
    type: "object",
    properties: { [table]: schema },
  }),
});

const THINGS: Schema = {
  type: "array",
  title: "Things",
  description: "One row is one thing.",
  primaryKey: ["id"],
  items: {
    type: "object",
    required: ["id", "label"],
    additionalProperties: false,
    properties: {
      id: {
        type: "string",
        title: "Id",
        description: "Name of the thing; it never changes.",
        pattern: "^[a-z0-9]+(-[a-z0-9]+)*$",
        examples: ["first-thing"],
      },
      label: { type: "string", title: "Label", description: "Its name for people.", minLength: 1 },
      since: {
        type: "string",
        title: "Since",
        description: "When it began, as far as it is known: 2020, 2020-12 or 2020-12-22.",
        format: "edtf",
      },
      source: { type: "string", title: "Source", description: "Where this was read.", format: "uri" },
    },
  },
};

/** A small valid dataset to fill in. */
export const starterFiles = (name: string): Record<string, string> => ({
  ...describingFiles(name, name.replaceAll("-", " "), "things", THINGS),
  "things.json": json([{ id: "first-thing", label: "First thing", since: "2020-12", source: "https://example.org/" }]),
});

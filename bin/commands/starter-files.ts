import { STARTER_RECORD, STARTER_TABLE_DESCRIPTION } from "../../lib/dataset/placeholder-problems.ts";
import type { Schema } from "../../lib/schema/schema.ts";
import { describingFiles } from "./describing-files.ts";
import { jsonFileText } from "./json-file-text.ts";

const THINGS: Schema = {
  type: "array",
  title: "Things",
  description: STARTER_TABLE_DESCRIPTION,
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
  "things.json": jsonFileText([STARTER_RECORD]),
});

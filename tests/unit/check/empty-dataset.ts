import type { Source } from "../../../lib/ports/ports.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { memorySource } from "../../memory-source.ts";

export const text: Schema = { type: "string" };

export const SCHEMA = {
  type: "object",
  properties: { t: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: text } } } },
};

export const metadata = (name: string, release?: object): object => ({
  ...{ name, title: "D", description: "d", licenses: [{ name: "CC0-1.0" }] },
  ...(release ? { release } : {}),
});

/** A dataset without records. */
export const dataset = (name: string, release?: object): Source =>
  memorySource({ "dataset.json": metadata(name, release), "schema.json": SCHEMA, "t.json": "[]" });

import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema } from "../schema/schema.ts";
import { schemaType } from "../schema/schema-type.ts";

/** How to ask for a property: one answer, a list, the properties of an object, or a list of objects. */
export type AnswerShape =
  | { kind: "one" }
  | { kind: "list"; item: Schema }
  | { kind: "object"; schema: Schema }
  | { kind: "objects"; item: Schema };

export function answerShape(schema: Schema, root: Schema): AnswerShape {
  if (schemaType(schema) === "object" && schema.properties) return { kind: "object", schema };
  if (schemaType(schema) !== "array" || !schema.items) return { kind: "one" };
  const item = resolveSchema(schema.items, root);
  return item.properties ? { kind: "objects", item } : { kind: "list", item };
}

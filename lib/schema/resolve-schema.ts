import { isSchemaObject } from "./is-schema-object.ts";
import type { Schema } from "./table-plan.ts";

/** The schema with its local `$ref` resolved; keywords beside `$ref` win. */
export function resolveSchema(schema: Schema, root: Schema, depth = 0): Schema {
  const ref = schema["$ref"];
  if (typeof ref !== "string" || depth > 16) return schema;
  const target = ref
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>((node, part) => (isSchemaObject(node) ? node[part.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined), root);
  const { $ref: _, ...beside } = schema;
  return { ...(isSchemaObject(target) ? resolveSchema(target, root, depth + 1) : {}), ...beside };
}

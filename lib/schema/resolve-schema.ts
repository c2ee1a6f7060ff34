import { isObject } from "../contract/is-object.ts";
import type { Schema } from "./schema.ts";

/** The schema with its local `$ref` resolved; keywords beside `$ref` take precedence. */
export function resolveSchema(schema: Schema, root: Schema, depth = 0): Schema {
  const ref = schema["$ref"];
  if (typeof ref !== "string" || depth > 16) return schema;
  const target = ref
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>((node, part) => (isObject(node) ? node[part.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined), root);
  const { $ref: _, ...beside } = schema;
  return { ...(isObject(target) ? resolveSchema(target, root, depth + 1) : {}), ...beside };
}

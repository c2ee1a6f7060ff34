import { isObject } from "../contract/is-object.ts";
import type { ValuePath } from "../contract/value-path.ts";
import { pointerPath } from "../diagnostics/pointer-path.ts";
import type { Schema } from "../schema/schema.ts";

export const MAX_REF_DEPTH = 16;

/** A schema with its path. */
export interface SchemaNode {
  schema: Schema;
  path: ValuePath;
}

/** A schema and the chain of schemas that its `$ref` leads to: the keywords of all apply. */
export function referencedNodes({ schema, path }: SchemaNode, root: Schema, depth = 0): SchemaNode[] {
  const ref = schema["$ref"];
  if (typeof ref !== "string" || !ref.startsWith("#") || depth > MAX_REF_DEPTH) return [{ schema, path }];
  const target = pointerPath(ref);
  const found = target.reduce<unknown>((node, part) => (isObject(node) ? node[part] : undefined), root);
  return [{ schema, path }, ...(isObject(found) ? referencedNodes({ schema: found, path: target }, root, depth + 1) : [])];
}

import { isObject } from "../contract/is-object.ts";
import type { SchemaNode } from "./referenced-nodes.ts";

export const propertyNodes = ({ schema, path }: SchemaNode): SchemaNode[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    isObject(inner) ? [{ schema: inner, path: [...path, "properties", name] }] : [],
  );

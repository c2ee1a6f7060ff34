import { isObject } from "../contract/is-object.ts";
import type { Schema } from "../schema/schema.ts";
import type { Labels } from "./labels.ts";
import { plainText } from "./plain-text.ts";
import type { Value } from "./value.ts";

/** Formats a value for display: references as labels, other values as their display text. */
export function displayText(schema: Schema, value: Value, labels: Labels): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) {
    const parts = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => displayText(inner, value[name], labels) ?? []);
    return parts.length > 0 ? parts.join(", ") : undefined;
  }
  if (value === false && schema.display !== undefined) return schema["displayFalse"] as string;
  const text = (schema.references ? labels.get(schema.references)?.get(String(value)) : undefined) ?? plainText(value) ?? "";
  return (schema.display ?? "{}").replace("{}", () => text);
}

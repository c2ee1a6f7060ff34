import type { Schema } from "./schema.ts";

export const schemaType = (schema: Schema): string =>
  typeof schema.type === "string"
    ? schema.type
    : Array.isArray(schema.type)
      ? (schema.type.find((type) => type !== "null") ?? "json")
      : schema.enum
        ? "string"
        : "json";

import type { ValueProblem } from "../diagnostics/value-problems.ts";

/** Names and indexes from the top of a schema. */
export type SchemaPath = readonly (string | number)[];

/** Maximum nesting of a table. */
export const MAX_SCHEMA_DEPTH = 12;

/** A problem at a path of a schema. */
export const schemaProblem = (path: SchemaPath, message: string, remedy?: string): ValueProblem => ({
  path: [...path],
  message,
  ...(remedy ? { remedy } : {}),
});

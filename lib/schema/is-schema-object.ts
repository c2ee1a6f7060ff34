import type { Schema } from "./table-plan.ts";

/** Whether a value of a schema is an object, and so may be a schema itself. */
export const isSchemaObject = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

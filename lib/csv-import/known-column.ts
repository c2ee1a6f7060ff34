import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema } from "../schema/schema.ts";
import { COLUMN_TYPES, type ColumnType, LENIENT_TIME } from "./column-types.ts";

/** A column of an existing dataset. */
export interface KnownColumn {
  name: string;
  title: string;
  schema: Schema;
}

/** The types for reading a CSV column with a schema; an empty list means text. Undefined if a cell cannot have the type. */
export function knownColumnTypes({ type, format }: Schema): readonly ColumnType[] | undefined {
  if (type !== "string") {
    // Integers are also numbers.
    const types = COLUMN_TYPES.filter(({ schema }) => schema.type === type || (type === "number" && schema.type === "integer"));
    return types.length > 0 ? types : undefined;
  }
  // The dataset may already contain lenient times.
  if (format === LENIENT_TIME.schema.format) return [LENIENT_TIME];
  return COLUMN_TYPES.filter(({ schema }) => format !== undefined && schema.type === "string" && schema.format === format);
}

/** The columns of a table, in the order of its schema. */
export function knownColumns(table: Schema, root: Schema): KnownColumn[] {
  const { properties = {} } = resolveSchema(resolveSchema(table, root).items ?? {}, root);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    title: schema.title ?? name,
    schema: resolveSchema(schema, root),
  }));
}

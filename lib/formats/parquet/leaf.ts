import { isAlwaysThere } from "../../schema/is-always-there.ts";
import { mayBeNull } from "../../schema/may-be-null.ts";
import type { Schema } from "../../schema/schema.ts";
import type { Column, TablePlan } from "../../schema/table-plan.ts";
import { typesIn } from "../../schema/types-in.ts";

/** Physical types (parquet.thrift, Type). */
export const PHYSICAL = { boolean: 0, int32: 1, int64: 2, double: 5, bytes: 6 } as const;
type Physical = keyof typeof PHYSICAL;

interface Type {
  physical: Physical;
  /** `string` is UTF-8, `json` is JSON text. */
  logical?: "string" | "json" | "date" | "decimal";
  /** Number of decimal places of a `decimal`. */
  scale?: number;
}

/** A column of a Parquet file: one leaf of its schema. */
export interface Leaf extends Type {
  name: string;
  column: Column;
  /** The column is a LIST of such values. */
  isList: boolean;
  /** Every record has the value or list. */
  isRequired: boolean;
  /** No item of the list is null. */
  hasAllItems: boolean;
  maxDefinition: number;
  maxRepetition: number;
  isKey: boolean;
}

/** Precision of a decimal in INT64 (parquet-format, LogicalTypes.md, DECIMAL). */
export const DECIMAL_PRECISION = 18;
/** Maximum digits for which every number has a unique decimal form. */
const EXACT_DIGITS = 15;

/** The number of decimal places, if the schema fixes it and bounds the number so that all digits are exact. */
function scaleOf(schema: Schema): number | undefined {
  const step = schema["multipleOf"];
  const bounds = [schema["minimum"], schema["maximum"]];
  for (let scale = 1; scale <= EXACT_DIGITS; scale += 1)
    if (step === 1 / 10 ** scale)
      return bounds.every((bound) => typeof bound === "number" && Math.abs(bound) * 10 ** scale < 10 ** EXACT_DIGITS) ? scale : undefined;
  return undefined;
}

/** The type of a column, which depends only on the schema, never on the records. */
function typeOfColumn({ derived, format, schema }: Column): Type {
  if (derived === "start" || derived === "end") return { physical: "int32", logical: "date" };
  if (derived) return { physical: "bytes", logical: "string" };
  const types = typesIn(schema);
  const [type] = types;
  if (types.length > 1 && types.every((one) => one === "integer" || one === "number")) return { physical: "double" };
  if (types.length !== 1) return { physical: "bytes", logical: "json" };
  if (type === "string") return format === "date" ? { physical: "int32", logical: "date" } : { physical: "bytes", logical: "string" };
  if (type === "integer") return { physical: "int64" };
  if (type === "boolean") return { physical: "boolean" };
  if (type !== "number") return { physical: "bytes", logical: "json" };
  const scale = scaleOf(schema);
  return scale === undefined ? { physical: "double" } : { physical: "int64", logical: "decimal", scale };
}

/** The columns of a table's Parquet file: those of its plan, with lists as LIST. */
export function leafColumns({ columns, primaryKey, record }: Pick<TablePlan, "columns" | "primaryKey" | "record">): Leaf[] {
  return columns.map((column) => {
    const isList = column.item !== undefined;
    const isRequired = column.derived === undefined && isAlwaysThere(record, column.path, isList);
    const hasAllItems = column.item?.length === 0 && column.derived === undefined && !mayBeNull(column.schema);
    return {
      ...typeOfColumn(column),
      name: column.name,
      column,
      isList,
      isRequired,
      hasAllItems,
      maxDefinition: (isRequired ? 0 : 1) + (isList ? (hasAllItems ? 1 : 2) : 0),
      maxRepetition: isList ? 1 : 0,
      isKey: primaryKey.includes(column.name),
    };
  });
}

import type { TablePlan } from "../schema/table-plan.ts";
import { DECIMAL_PRECISION, type Leaf, leafColumns } from "./parquet/leaf.ts";

/** The type of a list (Apache Iceberg, Table Spec, Appendix C: JSON serialization). */
interface ListType {
  type: "list";
  "element-id": number;
  element: string;
  "element-required": boolean;
}

/** A column in the schema of an Iceberg table. */
export interface IcebergField {
  id: number;
  name: string;
  required: boolean;
  type: string | ListType;
}

/** The columns of a table's Parquet file with their ids. */
export interface IcebergColumns {
  /** The highest id that any column ever had. */
  "last-column-id": number;
  /** The primary key. Empty if Iceberg does not allow it, because a column may be null or is a floating-point number. */
  "identifier-field-ids": number[];
  fields: IcebergField[];
}

/** Table → columns: `iceberg` in `datapackage.json`. A former table keeps its highest id and has no fields. */
export type IcebergTables = Readonly<Record<string, IcebergColumns>>;

function elementType({ physical, logical, scale }: Leaf): string {
  if (logical === "decimal") return `decimal(${DECIMAL_PRECISION}, ${scale})`;
  if (logical === "date") return "date";
  const types = { boolean: "boolean", int32: "int", int64: "long", double: "double", bytes: "string" } as const;
  return types[physical];
}

/** Whether a column and an earlier one of that name can be read as the same type, so that the id is kept. */
const isSameType = ({ type }: IcebergField, leaf: Leaf): boolean =>
  (typeof type === "object") === leaf.isList && (typeof type === "object" ? type.element : type) === elementType(leaf);

const NO_COLUMNS: IcebergColumns = { "last-column-id": 0, "identifier-field-ids": [], fields: [] };

/** The columns of a table in the release after the one with the columns `before`. */
function nextColumns(before: IcebergColumns, leaves: readonly Leaf[]): IcebergColumns {
  let last = before["last-column-id"];
  const known = new Map(before.fields.map((field) => [field.name, field]));
  const nextId = (): number => {
    last += 1;
    return last;
  };
  const fields = leaves.map((leaf): IcebergField => {
    const { name, isRequired: required, hasAllItems } = leaf;
    const old = known.get(name);
    const kept = old && isSameType(old, leaf) ? old : undefined;
    const id = kept?.id ?? nextId();
    if (!leaf.isList) return { id, name, required, type: elementType(leaf) };
    const elementId = typeof kept?.type === "object" ? kept.type["element-id"] : nextId();
    const type = { type: "list", "element-id": elementId, element: elementType(leaf), "element-required": hasAllItems } as const;
    return { id, name, required, type };
  });
  const keys = leaves.flatMap((leaf, i) => (leaf.isKey ? [{ leaf, field: fields[i] as IcebergField }] : []));
  const mayIdentify = keys.every(({ leaf }) => leaf.isRequired && !leaf.isList && leaf.physical !== "double");
  return { "last-column-id": last, "identifier-field-ids": mayIdentify ? keys.map(({ field }) => field.id) : [], fields };
}

/**
 * The column ids of a release, except for columns that changed between text and JSON text: Iceberg has one type for both, so they would
 * keep their ids. `old`: the tables of that release; `now`: the tables with a Parquet file in the next release.
 */
export function icebergWithoutRetypedTexts(before: IcebergTables, old: readonly TablePlan[], now: readonly TablePlan[]): IcebergTables {
  const tables = Object.entries(before).map(([table, columns]): [string, IcebergColumns] => {
    const [then, next] = [old, now].map((plans) => plans.filter(({ name }) => name === table).flatMap(leafColumns));
    const isRetyped = (name: string): boolean => {
      const [was, is] = [then, next].map((leaves) => leaves?.find((leaf) => leaf.name === name));
      return (
        was !== undefined && is !== undefined && elementType(was) === "string" && elementType(is) === "string" && was.logical !== is.logical
      );
    };
    const fields = columns.fields.filter(({ name }) => !isRetyped(name));
    return [table, fields.length === columns.fields.length ? columns : { ...columns, fields }];
  });
  return tables.every(([table, columns]) => columns === before[table]) ? before : Object.fromEntries(tables);
}

/**
 * The column ids of a release. A column keeps its id by name, unless its type changed; other columns get ids that no column of the table
 * ever had. `before`: the ids of the previous release; `plans`: the tables with a Parquet file, if the release has that format. Undefined
 * if no release ever had a Parquet file.
 */
export function nextIcebergTables(before: IcebergTables | undefined, plans: readonly TablePlan[]): IcebergTables | undefined {
  const known = new Map(Object.entries(before ?? {}));
  const tables = new Map(plans.map((plan) => [plan.name, nextColumns(known.get(plan.name) ?? NO_COLUMNS, leafColumns(plan))]));
  for (const [name, columns] of known)
    if (!tables.has(name)) tables.set(name, { ...NO_COLUMNS, "last-column-id": columns["last-column-id"] });
  return tables.size === 0 ? undefined : Object.fromEntries(tables);
}

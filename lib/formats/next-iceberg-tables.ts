import type { TablePlan } from "../schema/table-plan.ts";
import { ICEBERG_FORMAT } from "./formats.ts";
import type { IcebergColumn, IcebergColumns, IcebergField, IcebergTables } from "./iceberg-columns.ts";

/** Whether a column and an earlier one of that name can be read as the same type, so that the id is kept. */
const isSameType = ({ type }: IcebergField, column: IcebergColumn): boolean =>
  (typeof type === "object") === column.isList && (typeof type === "object" ? type.element : type) === column.type;

const NO_COLUMNS: IcebergColumns = { "last-column-id": 0, "identifier-field-ids": [], fields: [] };

/** The columns of a table in the release after the one with the columns `before`. */
function nextColumns(before: IcebergColumns, columns: readonly IcebergColumn[]): IcebergColumns {
  let last = before["last-column-id"];
  const known = new Map(before.fields.map((field) => [field.name, field]));
  const nextId = (): number => {
    last += 1;
    return last;
  };
  const fields = columns.map((column): IcebergField => {
    const { name, type, isRequired: required, hasAllItems } = column;
    const old = known.get(name);
    const kept = old && isSameType(old, column) ? old : undefined;
    const id = kept?.id ?? nextId();
    if (!column.isList) return { id, name, required, type };
    const elementId = typeof kept?.type === "object" ? kept.type["element-id"] : nextId();
    return { id, name, required, type: { type: "list", "element-id": elementId, element: type, "element-required": hasAllItems } };
  });
  const keys = columns.flatMap((column, i) => (column.isKey ? [{ column, field: fields[i] as IcebergField }] : []));
  const mayIdentify = keys.every(({ column }) => column.isRequired && !column.isList && column.type !== "double");
  return { "last-column-id": last, "identifier-field-ids": mayIdentify ? keys.map(({ field }) => field.id) : [], fields };
}

/**
 * The column ids of a release, except for columns that changed between text and JSON text: Iceberg has one type for both, so they would
 * keep their ids. `old`: the tables of that release; `now`: the tables with a file of the format in the next release.
 */
export function icebergWithoutRetypedTexts(before: IcebergTables, old: readonly TablePlan[], now: readonly TablePlan[]): IcebergTables {
  const tables = Object.entries(before).map(([table, columns]): [string, IcebergColumns] => {
    const [then, next] = [old, now].map((plans) => plans.filter(({ name }) => name === table).flatMap(ICEBERG_FORMAT.icebergColumns));
    const isRetyped = (name: string): boolean => {
      const [was, is] = [then, next].map((found) => found?.find((column) => column.name === name));
      return was !== undefined && is !== undefined && was.type === "string" && is.type === "string" && was.isJson !== is.isJson;
    };
    const fields = columns.fields.filter(({ name }) => !isRetyped(name));
    return [table, fields.length === columns.fields.length ? columns : { ...columns, fields }];
  });
  return tables.every(([table, columns]) => columns === before[table]) ? before : Object.fromEntries(tables);
}

/**
 * The column ids of a release. A column keeps its id by name, unless its type changed; other columns get ids that no column of the table
 * ever had. `before`: the ids of the previous release; `plans`: the tables with a file of the format, if the release has it. Undefined if
 * no release ever had one.
 */
export function nextIcebergTables(before: IcebergTables | undefined, plans: readonly TablePlan[]): IcebergTables | undefined {
  const known = new Map(Object.entries(before ?? {}));
  const tables = new Map(
    plans.map((plan) => [plan.name, nextColumns(known.get(plan.name) ?? NO_COLUMNS, ICEBERG_FORMAT.icebergColumns(plan))]),
  );
  for (const [name, columns] of known)
    if (!tables.has(name)) tables.set(name, { ...NO_COLUMNS, "last-column-id": columns["last-column-id"] });
  return tables.size === 0 ? undefined : Object.fromEntries(tables);
}

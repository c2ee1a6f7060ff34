import type { TablePlan } from "../../schema/table-plan.ts";
import type { TypeChange } from "../format.ts";
import { type Keeping, sqliteRowsOf } from "./sqlite-rows.ts";

const TYPES: Record<Keeping, string> = {
  text: "TEXT",
  integer: "INTEGER",
  real: "REAL",
  boolean: "1 or 0",
  any: "ANY",
  json: "JSON",
};

/** The columns of a table, and of its link tables, that have another type in the database than before. */
export function sqliteTypeChanges(file: string, old: TablePlan, now: TablePlan): TypeChange[] {
  const tables = new Map(sqliteRowsOf(now).map((rows) => [rows.name, rows]));
  return sqliteRowsOf(old).flatMap(({ name, columns }) =>
    columns.flatMap(({ column: { name: column }, keeping: before }): TypeChange[] => {
      const after = tables.get(name)?.columns.find((one) => one.column.name === column)?.keeping;
      if (after === undefined || after === before) return [];
      const change = `${file}: column ${column} of ${name} was ${TYPES[before]} and is ${TYPES[after]}`;
      return [{ kind: "column-retyped", table: name, column, change }];
    }),
  );
}

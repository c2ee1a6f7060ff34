import type { TablePlan } from "../../schema/table-plan.ts";
import type { FileChange } from "../format.ts";
import { isSearched } from "./is-searched.ts";
import { type SqliteStorage, sqliteRowsOf } from "./sqlite-rows.ts";

const TYPES: Record<SqliteStorage, string> = {
  text: "TEXT",
  integer: "INTEGER",
  real: "REAL",
  boolean: "1 or 0",
  any: "ANY",
  json: "JSON",
};

/**
 * The columns of a table and its link tables whose type in the database has changed, and those that full-text search covers no longer, or
 * now covers. Search is subject to the same compatibility rules as columns.
 */
export function sqliteChanges(file: string, old: TablePlan, now: TablePlan): FileChange[] {
  const tables = new Map(sqliteRowsOf(now).map((rows) => [rows.name, rows]));
  return sqliteRowsOf(old).flatMap(({ name, columns, list }) =>
    columns.flatMap((before): FileChange[] => {
      const column = before.column.name;
      const after = tables.get(name)?.columns.find((one) => one.column.name === column);
      if (!after) return [];
      const changes: FileChange[] = [];
      if (after.storage !== before.storage) {
        const change = `${file}: column ${column} of ${name} was ${TYPES[before.storage]} and is ${TYPES[after.storage]}`;
        changes.push({ kind: "column-retyped", table: name, column, change });
      }
      const [wasSearched, isSearchedNow] = [before, after].map((one) => list === undefined && isSearched(one));
      if (wasSearched && !isSearchedNow)
        changes.push({ kind: "column-gone", table: name, column, change: `${file}: the search of ${name} no longer covers ${column}` });
      if (!wasSearched && isSearchedNow)
        changes.push({ kind: "column-new", table: name, column, change: `${file}: the search of ${name} covers ${column}` });
      return changes;
    }),
  );
}

import { type Leaf, leafColumns } from "../formats/parquet/leaf.ts";
import { parquetFormat } from "../formats/parquet/parquet-format.ts";
import { sqliteFormat } from "../formats/sqlite/sqlite-format.ts";
import { type Keeping, sqliteRowsOf } from "../formats/sqlite/sqlite-rows.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import type { ChangeKind } from "./difference.ts";

/** A column of a Parquet or SQLite file that has another type than before. */
interface FileTypeChange {
  kind: ChangeKind & ("column-retyped" | "column-optional");
  table: string;
  column: string;
  change: string;
}

/** Names of the files of a release. */
type Files = ReadonlySet<string>;

const SQLITE_TYPES: Record<Keeping, string> = {
  text: "TEXT",
  integer: "INTEGER",
  real: "REAL",
  boolean: "1 or 0",
  any: "ANY",
  json: "JSON",
};

/** A type of Parquet as its documents write it. */
function parquetType({ physical, logical, scale, isList }: Leaf): string {
  const type = logical === "decimal" ? `DECIMAL(${scale})` : (logical ?? physical).toUpperCase();
  return isList ? `LIST<${type}>` : type;
}

function parquetChanges(old: TablePlan, now: TablePlan): FileTypeChange[] {
  const leaves = new Map(leafColumns(now).map((leaf) => [leaf.name, leaf]));
  return leafColumns(old).flatMap((before): FileTypeChange[] => {
    const after = leaves.get(before.name);
    if (!after) return [];
    const where = `${now.name}.${parquetFormat.extension}: column ${before.name}`;
    const about = { table: now.name, column: before.name };
    const [was, is] = [parquetType(before), parquetType(after)];
    if (was !== is) return [{ kind: "column-retyped", ...about, change: `${where} was ${was} and is ${is}` }];
    return before.hasAllItems && !after.hasAllItems
      ? [{ kind: "column-optional", ...about, change: `${where}: items of the list may be null` }]
      : [];
  });
}

function sqliteChanges(file: string, old: TablePlan, now: TablePlan): FileTypeChange[] {
  const tables = new Map(sqliteRowsOf(now).map((rows) => [rows.name, rows]));
  return sqliteRowsOf(old).flatMap(({ name, columns }) =>
    columns.flatMap(({ column: { name: column }, keeping: before }): FileTypeChange[] => {
      const after = tables.get(name)?.columns.find((one) => one.column.name === column)?.keeping;
      if (after === undefined || after === before) return [];
      const change = `${file}: column ${column} of ${name} was ${SQLITE_TYPES[before]} and is ${SQLITE_TYPES[after]}`;
      return [{ kind: "column-retyped", table: name, column, change }];
    }),
  );
}

/**
 * What `datapackage.json` does not show: columns with another type in the Parquet file of a table, or in the database, that both releases
 * have. `name`: of the dataset.
 */
export function fileTypeChanges(
  name: string,
  [old, oldFiles]: readonly [readonly TablePlan[], Files],
  [now, nowFiles]: readonly [readonly TablePlan[], Files],
): FileTypeChange[] {
  const haveBoth = (file: string): boolean => oldFiles.has(file) && nowFiles.has(file);
  const database = `${name}.${sqliteFormat.extension}`;
  return now.flatMap((plan) => {
    const before = old.find((one) => one.name === plan.name);
    if (!before) return [];
    return [
      ...(haveBoth(`${plan.name}.${parquetFormat.extension}`) ? parquetChanges(before, plan) : []),
      ...(haveBoth(database) ? sqliteChanges(database, before, plan) : []),
    ];
  });
}

import type { TablePlan } from "../../schema/table-plan.ts";
import { quotedName } from "../quoted-name.ts";
import { isSearched } from "./is-searched.ts";
import { sqliteName } from "./sqlite-name.ts";
import { type SqliteColumn, type SqliteRows, type SqliteStorage, sqliteRowsOf } from "./sqlite-rows.ts";

/** Default limit of SQLite. */
export const MAX_COLUMNS = 2_000;

const list = (names: readonly string[]): string => names.map(quotedName).join(", ");

/** Unique names: SQLite ignores case, and reserves some names. */
class Names {
  readonly #taken = new Set<string>();

  /** Returns a unique name as similar to the wanted one as possible. */
  add(wanted: string): string {
    const base = sqliteName(wanted);
    let name = base;
    for (let number = 2; this.#taken.has(name.toLowerCase()); number += 1) name = `${base}_${number}`;
    this.#taken.add(name.toLowerCase());
    return name;
  }
}

/** An entry of the schema table, without its root page. */
export interface SchemaEntry {
  type: "table" | "index";
  name: string;
  table: string;
  /** Undefined for the index that SQLite itself creates for a primary key. */
  sql?: string;
}

/** The full-text search of a table: a virtual FTS5 table over its rows, whose index is in shadow tables. */
export interface SqliteSearch {
  /** Positions of the searched columns. */
  columns: number[];
  virtual: SchemaEntry;
  data: SchemaEntry;
  idx: SchemaEntry;
  docsize: SchemaEntry;
  config: SchemaEntry;
}

/** A table of the database with its indexes, in the order of `rows.indexes`. */
export interface SqliteTable {
  plan: TablePlan;
  rows: SqliteRows;
  /** Names of the columns. */
  columns: string[];
  entry: SchemaEntry;
  indexes: SchemaEntry[];
  search?: SqliteSearch;
}

const TYPES: Record<SqliteStorage, string> = {
  text: "TEXT",
  integer: "INTEGER",
  real: "REAL",
  boolean: "INTEGER",
  any: "ANY",
  json: "TEXT",
};

/** `INTEGER PRIMARY KEY` would be the row number, but rows are numbered in the order of records. */
const typeOf = ({ storage }: SqliteColumn, isKey: boolean): string => (isKey && TYPES[storage] === "INTEGER" ? "INT" : TYPES[storage]);

interface NamedTable {
  plan: TablePlan;
  rows: SqliteRows;
  name: string;
  columns: string[];
}

const foreignKey = (columns: readonly string[], { name, columns: names, rows }: NamedTable): string =>
  `FOREIGN KEY (${list(columns)}) REFERENCES ${quotedName(name)} (${list(rows.primaryKey.map((i) => names[i] as string))})`;

/** The foreign keys of a table: from a link table to the records with the lists, and from columns to the tables that they refer to. */
function foreignKeysOf({ plan, rows, columns }: NamedTable, tables: readonly NamedTable[]): string[] {
  const keys: string[] = [];
  const own = tables.find((table) => table.plan === plan && !table.rows.list);
  if (rows.list && own)
    keys.push(
      foreignKey(
        rows.columns.flatMap(({ ofItem }, i) => (ofItem ? [] : [columns[i] as string])),
        own,
      ),
    );
  for (const [i, { column, storage }] of rows.columns.entries()) {
    if (column.references === undefined || column.derived || column.item) continue;
    const other = tables.find((table) => table.rows.name === column.references && !table.rows.list);
    const [key, ...more] = other?.rows.primaryKey ?? [];
    if (!other || key === undefined || more.length > 0 || other.rows.columns[key]?.storage !== storage) continue;
    keys.push(foreignKey([columns[i] as string], other));
  }
  return keys;
}

function createTable(table: NamedTable, tables: readonly NamedTable[]): string {
  const { name, rows, columns } = table;
  const isKey = rows.primaryKey.length === 1;
  const parts = rows.columns.map(
    (column, i) =>
      `${quotedName(columns[i] as string)} ${typeOf(column, isKey && rows.primaryKey[0] === i)}${column.isRequired ? " NOT NULL" : ""}`,
  );
  if (rows.primaryKey.length > 0) parts.push(`PRIMARY KEY (${list(rows.primaryKey.map((i) => columns[i] as string))})`);
  parts.push(...foreignKeysOf(table, tables));
  return `CREATE TABLE ${quotedName(name)} (\n  ${parts.join(",\n  ")}\n) STRICT`;
}

/** The columns of FTS5's shadow tables. */
const SEARCH_TABLES = {
  data: "(id INTEGER PRIMARY KEY, block BLOB)",
  idx: "(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID",
  docsize: "(id INTEGER PRIMARY KEY, sz BLOB)",
  config: "(k PRIMARY KEY, v) WITHOUT ROWID",
} as const;

const isColumn = (columns: readonly string[], name: string): boolean =>
  columns.some((column) => column.toLowerCase() === name.toLowerCase());

/** The name of the row number; undefined if columns already have all of its names. */
const rowidName = (columns: readonly string[]): string | undefined => ["rowid", "_rowid_", "oid"].find((name) => !isColumn(columns, name));

function searchOf({ rows, name, columns }: NamedTable, names: Names): SqliteSearch | undefined {
  const searched = rows.columns.flatMap((column, i) => (isSearched(column) ? [i] : []));
  const rowid = rowidName(columns);
  if (rows.list || searched.length === 0 || rowid === undefined) return undefined;
  // FTS5 adds a column with the name of its table.
  let free = `${name}_fts`;
  while (isColumn(columns, free)) free += "_";
  const own = names.add(free);
  const options = [`content=${quotedName(name)}`, ...(rowid === "rowid" ? [] : [`content_rowid=${quotedName(rowid)}`])];
  const columnNames = searched.map((i) => quotedName(columns[i] as string));
  const entry = (part: keyof typeof SEARCH_TABLES): SchemaEntry => {
    const table = names.add(`${own}_${part}`);
    return { type: "table", name: table, table, sql: `CREATE TABLE '${table.replaceAll("'", "''")}'${SEARCH_TABLES[part]}` };
  };
  return {
    columns: searched,
    virtual: {
      type: "table",
      name: own,
      table: own,
      sql: `CREATE VIRTUAL TABLE ${quotedName(own)} USING fts5(${[...columnNames, ...options].join(", ")})`,
    },
    data: entry("data"),
    idx: entry("idx"),
    docsize: entry("docsize"),
    config: entry("config"),
  };
}

export interface SqliteSchema {
  tables: SqliteTable[];
  /** Plans of tables with too many columns. */
  omitted: TablePlan[];
  /** Names of the tables that describe the dataset. */
  dictionary: string;
  info: string;
}

/** The tables of a database, in the order of the file. */
export function sqliteSchema(plans: readonly TablePlan[]): SqliteSchema {
  const names = new Names();
  const [kept, omitted] = [true, false].map((fits) => plans.filter(({ columns }) => columns.length <= MAX_COLUMNS === fits));
  const named = (kept as TablePlan[]).flatMap((plan) =>
    sqliteRowsOf(plan).map((rows): NamedTable => {
      const columns = new Names();
      return { plan, rows, name: names.add(rows.name), columns: rows.columns.map(({ column }) => columns.add(column.name)) };
    }),
  );
  const [dictionary, info] = [names.add("data_dictionary"), names.add("dataset_info")];
  const tables = named.map((table): SqliteTable => {
    const { plan, rows, name, columns } = table;
    const indexes = rows.indexes.map((positions, i): SchemaEntry => {
      if (i === 0 && rows.primaryKey.length > 0) return { type: "index", name: `sqlite_autoindex_${name}_1`, table: name };
      const own = positions.map((position) => columns[position] as string);
      const index = names.add(`${name}_by_${own.join("_")}`);
      return { type: "index", name: index, table: name, sql: `CREATE INDEX ${quotedName(index)} ON ${quotedName(name)} (${list(own)})` };
    });
    const search = searchOf(table, names);
    const entry: SchemaEntry = { type: "table", name, table: name, sql: createTable(table, named) };
    return { plan, rows, columns, entry, indexes, ...(search ? { search } : {}) };
  });
  return { tables, omitted: omitted as TablePlan[], dictionary, info };
}

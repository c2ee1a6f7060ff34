import type { Column } from "../../schema/table-plan.ts";
import type { DatasetFacts, ReleasedAs } from "../format.ts";
import { quotedName } from "../quoted-name.ts";
import { RecordWriter } from "./record-writer.ts";
import type { SqliteColumn, SqliteStorage } from "./sqlite-rows.ts";
import { MAX_COLUMNS, type SchemaEntry, type SqliteSchema } from "./sqlite-schema.ts";

type InfoCell = string | number | null | undefined;

interface Records {
  sizes: Uint32Array;
  bytes: Uint8Array;
}

function recordsOf(rows: readonly (readonly InfoCell[])[]): Records {
  const writer = new RecordWriter();
  for (const row of rows) {
    for (const cell of row) {
      if (cell === null || cell === undefined) writer.null();
      else if (typeof cell === "number") writer.number(cell, false);
      else writer.text(cell);
    }
    writer.end();
  }
  return writer.take();
}

const tableEntry = (name: string, columns: readonly string[]): SchemaEntry => ({
  type: "table",
  name,
  table: name,
  sql: `CREATE TABLE ${quotedName(name)} (\n  ${columns.join(",\n  ")}\n) STRICT`,
});

/** The data dictionary: one row for each column of each table. */
export const dictionaryTable = (name: string): SchemaEntry =>
  tableEntry(name, [
    '"table" TEXT NOT NULL',
    '"column" TEXT NOT NULL',
    '"title" TEXT NOT NULL',
    '"description" TEXT NOT NULL',
    '"type" TEXT NOT NULL',
    '"is_key" INTEGER NOT NULL',
    '"is_required" INTEGER NOT NULL',
    '"references" TEXT',
    '"allowed_values" TEXT',
  ]);

const WORDS: Record<SqliteStorage, string> = {
  text: "text",
  integer: "integer",
  real: "number",
  boolean: "boolean, 1 or 0",
  any: "any",
  json: "JSON",
};

const isDate = ({ format, derived }: Column): boolean => format === "date" || derived === "start" || derived === "end";
const flag = (value: boolean): number => (value ? 1 : 0);

const dictionaryRow = (table: string, name: string, isKey: boolean, { column, storage, isRequired }: SqliteColumn): InfoCell[] => [
  table,
  name,
  column.title,
  column.description,
  storage === "text" && isDate(column) ? "date" : WORDS[storage],
  flag(isKey),
  flag(isRequired),
  column.derived ? null : column.references,
  column.allowed && !column.derived ? JSON.stringify(column.allowed) : null,
];

export const dictionaryRows = ({ tables }: SqliteSchema): Records =>
  recordsOf(
    tables.flatMap(({ entry, rows, columns }) =>
      rows.columns.map((column, i) => dictionaryRow(entry.name, columns[i] as string, rows.primaryKey.includes(i), column)),
    ),
  );

/** Facts about the dataset and the release, as names and values. */
export const infoTable = (name: string): SchemaEntry => tableEntry(name, ['"name" TEXT NOT NULL', '"value" TEXT NOT NULL']);

export function infoRows(
  facts: DatasetFacts,
  { version, commit, generator }: ReleasedAs,
  { omitted }: SqliteSchema,
  unsearched: readonly string[],
): Records {
  const withAddress = (...texts: (string | undefined)[]): string => texts.filter((text) => text !== undefined).join(", ");
  const rows: [name: string, value: string | null | undefined][] = [
    ["name", facts.name],
    ["title", facts.title],
    ["description", facts.description],
    ["version", version ?? "preview"],
    ["commit", commit],
    ...facts.licenses.map(({ name, title, path }) => ["license", withAddress(title ?? name, path)] as [string, string]),
    ...(facts.contributors ?? []).map(
      ({ title, path, email, roles }) => [roles?.join(", ") || "contributor", withAddress(title, path, email)] as [string, string],
    ),
    ["homepage", facts.homepage],
    ["spatial", facts.spatial?.join(", ")],
    ["newest source", facts.researchedUntil],
    ["not covered", facts.notCovered],
    ["generator", `factpress ${generator}`],
    ...omitted.map(
      ({ name, columns }) =>
        ["not in this file", `The table ${name} has ${columns.length} columns; SQLite holds ${MAX_COLUMNS}. See the other files.`] as [
          string,
          string,
        ],
    ),
    ...unsearched.map((table) => ["not in this file", `The table ${table} has too many words for full-text search.`] as [string, string]),
  ];
  return recordsOf(rows.filter(([, value]) => value !== null && value !== undefined));
}

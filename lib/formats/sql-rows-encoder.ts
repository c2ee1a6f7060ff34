import type { CreateEncoder } from "./format.ts";
import { sqlTableRows, sqlTables } from "./sql-tables.ts";

/** Encodes rows for SQL checks: a JSON list of rows for each table. */
export const createEncoder: CreateEncoder = (plan) => {
  const tables = sqlTables(plan);
  return ({ records, labels }) =>
    tables.map((table) => {
      const rows = sqlTableRows(table, records, labels);
      return { table: table.name, rows: rows.length, chunks: [Buffer.from(JSON.stringify(rows))] };
    });
};

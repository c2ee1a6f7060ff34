import { findInKeyTable, type KeyTable } from "./key-table.ts";

/** The keys that a key table does not contain; all of them without a table. */
export function keysNotIn(keys: string[], table: KeyTable | undefined): string[] {
  if (!table) return keys;
  return keys.filter((key) => {
    const bytes = Buffer.from(key);
    return findInKeyTable(table, bytes, 0, bytes.length) < 0;
  });
}

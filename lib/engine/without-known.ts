import { findInKeyTable, type KeyTable } from "./key-table.ts";

/** The keys that are not in a table. */
export function withoutKnown(keys: string[], table: KeyTable | undefined): string[] {
  if (!table) return keys;
  return keys.filter((key) => {
    const bytes = Buffer.from(key);
    return findInKeyTable(table, bytes, 0, bytes.length) < 0;
  });
}

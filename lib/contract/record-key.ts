/** The part of a table's plan that keys need. */
export interface Keyed {
  primaryKey: readonly string[];
}

/**
 * The primary key of a record as one text, as in `changes.json`: the value itself, or a JSON list of the values if the key
 * has several columns. Different keys of a table give different texts.
 */
export const recordKey = ({ primaryKey }: Keyed, record: Readonly<Record<string, unknown>>): string =>
  primaryKey.length === 1 ? String(record[primaryKey[0] as string]) : JSON.stringify(primaryKey.map((name) => record[name] ?? null));

/**
 * The values of a key in the order of the primary key's columns; a single value is always a text. Undefined if the key does
 * not fit: an older release may have had another primary key.
 */
export function recordKeyValues({ primaryKey }: Keyed, key: string): unknown[] | undefined {
  if (primaryKey.length === 1) return [key];
  let values: unknown;
  try {
    values = JSON.parse(key);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return Array.isArray(values) && values.length === primaryKey.length ? values : undefined;
}

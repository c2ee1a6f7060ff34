import { type Keyed, recordKeyValues } from "./record-key.ts";

/**
 * A key in HTML ids and citations: a single value unchanged; several values escaped and joined with `/` as in a JSON pointer
 * (RFC 6901), so that different keys of a table never share an anchor.
 */
export function keyAnchor(keyed: Keyed, key: string): string {
  const values = keyed.primaryKey.length === 1 ? undefined : recordKeyValues(keyed, key);
  return values?.map((value) => String(value).replaceAll("~", "~0").replaceAll("/", "~1")).join("/") ?? key;
}

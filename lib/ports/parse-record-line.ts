import { isObject } from "../contract/is-object.ts";
import type { JsonRecord } from "../formats/value.ts";
import { DamagedFileError } from "./damaged-file-error.ts";

const MAX_SHOWN = 40;

/** Parses a line of NDJSON. Throws `DamagedFileError` if it is not a record. */
export function parseRecordLine(line: string): JsonRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (isObject<JsonRecord>(value)) return value;
  throw new DamagedFileError(`A line of NDJSON is not a record: ${JSON.stringify(line.slice(0, MAX_SHOWN))}`);
}

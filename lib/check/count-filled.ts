import { isObject } from "../contract/is-object.ts";
import { decodeUtf8 } from "../engine/decode-utf8.ts";
import { parseJson } from "../json/parse-json.ts";
import { type RunningTable, runBatches } from "./run-batches.ts";

const firstItem = (value: unknown): unknown => (Array.isArray(value) ? (value[0] as unknown) : value);

/** Whether a record has a value in a field: `value.min`, or the first item of `seen[]`. */
function isFilled(record: unknown, field: string): boolean {
  let value = record;
  for (const name of field.replaceAll("[]", "").split(".")) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return false;
    value = firstItem(value[name]);
  }
  return value !== undefined && value !== null;
}

/** Counts in another pass the records of a table that have a value in these fields. Undefined if some records cannot be read. */
export async function countFilled(table: RunningTable, fields: readonly string[]): Promise<ReadonlyMap<string, number> | undefined> {
  const counts = new Map(fields.map((field) => [field, 0]));
  let isReadable = true;
  await runBatches(
    table,
    () => "index",
    async (_file, { bytes }) => {
      const records = parseJson<unknown[]>(`[${decodeUtf8(bytes)}]`)?.value;
      isReadable &&= records !== undefined;
      for (const field of fields)
        counts.set(field, (counts.get(field) ?? 0) + (records ?? []).filter((one) => isFilled(one, field)).length);
    },
  );
  return isReadable ? counts : undefined;
}

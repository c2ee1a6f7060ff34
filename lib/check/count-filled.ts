import { isObject } from "../contract/is-object.ts";
import { decodeUtf8 } from "../engine/decode-utf8.ts";
import { parseJson } from "../json/parse-json.ts";
import { type RunningTable, runBatches } from "./run-batches.ts";

const firstItem = (value: unknown): unknown => (Array.isArray(value) ? (value[0] as unknown) : value);

/** Whether a record has a value, or `null`, at a path: `value.min`, or the first item of `seen[]`. */
function isFilled(record: unknown, path: string): boolean {
  let value = record;
  for (const name of path.replaceAll("[]", "").split(".")) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return false;
    value = firstItem(value[name]);
  }
  return value !== undefined;
}

/** Counts in another pass the records of a table that have a value at these paths. Undefined if some records cannot be read. */
export async function countFilled(table: RunningTable, paths: readonly string[]): Promise<ReadonlyMap<string, number> | undefined> {
  const counts = new Map(paths.map((path) => [path, 0]));
  let isReadable = true;
  await runBatches(
    table,
    () => "index",
    async (_file, { bytes }) => {
      const records = parseJson<unknown[]>(`[${decodeUtf8(bytes)}]`)?.value;
      isReadable &&= records !== undefined;
      for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + (records ?? []).filter((one) => isFilled(one, path)).length);
    },
  );
  return isReadable ? counts : undefined;
}

import type { TablePlan } from "../dataset/table-plan.ts";
import { keyText } from "../engine/engine.ts";
import type { JsonRecord } from "../export/cells.ts";
import { changedFields, type TableDifference } from "../release/difference.ts";

/** Lines of NDJSON, without their ends. */
export async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest) yield rest;
}

/** The records of an NDJSON file that differ, by primary key. `open` starts the old file again. */
export async function compareRecords(
  plan: Pick<TablePlan, "primaryKey">,
  open: () => AsyncIterable<Uint8Array>,
  now: AsyncIterable<Uint8Array>,
): Promise<TableDifference> {
  const keyOf = (record: JsonRecord): string => keyText(plan as TablePlan, record);
  const before = new Map<string, string>();
  for await (const line of lines(open())) before.set(keyOf(JSON.parse(line) as JsonRecord), line);
  const added: JsonRecord[] = [];
  const changed: TableDifference["changed"] = [];
  for await (const line of lines(now)) {
    const record = JSON.parse(line) as JsonRecord;
    const key = keyOf(record);
    const old = before.get(key);
    if (old === undefined) added.push(record);
    else {
      if (old !== line) {
        const fields = changedFields(JSON.parse(old) as JsonRecord, record);
        if (Object.keys(fields).length > 0) changed.push({ key, fields });
      }
      before.delete(key);
    }
  }
  const removed = [...before.values()].map((line) => JSON.parse(line) as JsonRecord);
  return { added, removed, changed, counts: { added: added.length, removed: removed.length, changed: changed.length } };
}

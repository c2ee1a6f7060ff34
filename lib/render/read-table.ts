import { wholeLines } from "../build/whole-lines.ts";
import { recordKey } from "../contract/record-key.ts";
import { decodeUtf8 } from "../engine/decode-utf8.ts";
import { CellCounter } from "../engine/fast/cell-counter.ts";
import type { JsonRecord } from "../formats/cell-text.ts";
import { recordsFile } from "../formats/records-file.ts";
import { parseRecordLine } from "../ports/parse-record-line.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { EXPLORED_ROWS, PAGE_ROWS } from "../site/limits.ts";
import type { PageTable } from "../site/page/release-page.ts";

const LABELLED_RECORDS = 100_000;

/** The part of a table that pages show. */
export interface ReadTable extends PageTable {
  records: JsonRecord[];
  labels: Map<string, string>;
}

/** Reads a table once. Only its first lines become records, because pages show no others. */
export async function readTable(folder: ReleaseFolder, plan: TablePlan, isReferenced: boolean): Promise<ReadTable> {
  const counter = new CellCounter(plan, parseRecordLine);
  const records: JsonRecord[] = [];
  const labels = new Map<string, string>();
  const labelled = isReferenced && plan.labelColumn !== undefined ? LABELLED_RECORDS : 0;
  const parsed = Math.max(EXPLORED_ROWS, labelled);
  const addRecord = (record: JsonRecord, number: number): void => {
    if (number < EXPLORED_ROWS) records.push(record);
    const label = number < labelled && plan.labelColumn !== undefined ? record[plan.labelColumn] : undefined;
    if (typeof label === "string") labels.set(recordKey(plan, record), label);
  };
  for await (const lines of wholeLines(folder.read(recordsFile(plan.name)))) {
    const before = counter.records;
    counter.add(lines);
    if (before >= parsed) continue;
    const texts = decodeUtf8(lines).split("\n", parsed - before);
    for (const [i, text] of texts.entries()) if (text !== "") addRecord(parseRecordLine(text), before + i);
  }
  // If a table is too large to explore, only its first rows are shown.
  if (counter.records > EXPLORED_ROWS) records.length = PAGE_ROWS;
  const columns = plan.columns.map(({ name }, i) => ({ name, ...counter.counts(i) }));
  return {
    ...{ plan, count: counter.records, records, labels },
    filled: new Map(columns.flatMap(({ name, filled }) => (filled > 0 ? [[name, filled] as const] : []))),
    emptyTexts: new Set(columns.flatMap(({ name, empty }) => (empty > 0 ? [name] : []))),
  };
}

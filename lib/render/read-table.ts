import { recordLines } from "../build/record-lines.ts";
import { recordKey } from "../contract/record-key.ts";
import type { JsonRecord } from "../formats/cell-text.ts";
import { ndjsonRecordsFile } from "../formats/ndjson/format.ts";
import { valueAt } from "../formats/value-at.ts";
import { parseRecordLine } from "../ports/parse-record-line.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { EXPLORED_ROWS, PAGE_ROWS } from "../site/limits.ts";
import type { PageTable } from "../site/page/release-page.ts";

const LABELLED_RECORDS = 100_000;

/** As much of a table as pages show. */
export interface ReadTable extends PageTable {
  records: JsonRecord[];
  labels: Map<string, string>;
}

/** Reads a table once, line by line. */
export async function readTable(folder: ReleaseFolder, plan: TablePlan, isReferenced: boolean): Promise<ReadTable> {
  const filled = new Map<string, number>();
  const emptyTexts = new Set<string>();
  const table = { plan, count: 0, filled, emptyTexts, records: [] as JsonRecord[], labels: new Map<string, string>() };
  const addCells = (record: JsonRecord): void => {
    for (const { name, path } of plan.columns) {
      const value = valueAt(record, path);
      if (value === "") emptyTexts.add(name);
      if (value !== undefined && value !== null) filled.set(name, (filled.get(name) ?? 0) + 1);
    }
  };
  const addLabel = (record: JsonRecord): void => {
    const label = plan.labelColumn === undefined ? undefined : record[plan.labelColumn];
    if (table.count <= LABELLED_RECORDS && typeof label === "string") table.labels.set(recordKey(plan, record), label);
  };
  for await (const line of recordLines(folder.read(ndjsonRecordsFile(plan.name)))) {
    table.count += 1;
    const record = parseRecordLine(line);
    addCells(record);
    if (table.records.length < EXPLORED_ROWS) table.records.push(record);
    if (isReferenced) addLabel(record);
  }
  // A table that cannot be explored shows its first rows only.
  if (table.count > EXPLORED_ROWS) table.records.length = PAGE_ROWS;
  return table;
}

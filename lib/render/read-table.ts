import { wholeLines } from "../build/whole-lines.ts";
import { recordKey } from "../contract/record-key.ts";
import { decodeUtf8 } from "../engine/decode-utf8.ts";
import { CellCounter } from "../engine/fast/cell-counter.ts";
import type { CellCounts } from "../formats/cell-counts.ts";
import { recordsFile } from "../formats/records-file.ts";
import type { JsonRecord } from "../formats/value.ts";
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

/** A page shows fewer rows of a table that is too large to explore. */
const shownRecords = (count: number): number => (count > EXPLORED_ROWS ? PAGE_ROWS : EXPLORED_ROWS);

/** Collects the records that pages show, and labels up to a limit. */
class FirstRecords {
  readonly records: JsonRecord[] = [];
  readonly labels = new Map<string, string>();
  readonly #plan: TablePlan;
  readonly #limits: { shown: number; labelled: number };
  #seen = 0;

  constructor(plan: TablePlan, limits: { shown: number; labelled: number }) {
    this.#plan = plan;
    this.#limits = limits;
  }

  /** Number of records that are still to be read. */
  get missing(): number {
    return Math.max(this.#limits.shown, this.#limits.labelled) - this.#seen;
  }

  /** Adds whole lines of NDJSON. */
  add(lines: Uint8Array): void {
    if (this.missing === 0) return;
    for (const text of decodeUtf8(lines).split("\n", this.missing)) if (text !== "") this.#add(parseRecordLine(text));
  }

  #add(record: JsonRecord): void {
    const { labelColumn } = this.#plan;
    if (this.#seen < this.#limits.shown) this.records.push(record);
    const label = this.#seen < this.#limits.labelled && labelColumn !== undefined ? record[labelColumn] : undefined;
    if (typeof label === "string") this.labels.set(recordKey(this.#plan, record), label);
    this.#seen += 1;
  }
}

/**
 * Reads a table once. Only its first lines are parsed to records, because pages show no others. The rest is read only to count values,
 * unless the counts of the same records (by SHA-256) are known.
 */
export async function readTable(
  folder: ReleaseFolder,
  plan: TablePlan,
  { isReferenced, sha256 }: { isReferenced: boolean; sha256: string | undefined },
): Promise<ReadTable> {
  const known = sha256 === undefined ? undefined : folder.countedTables?.get(sha256, plan);
  const shown = known ? shownRecords(known.records) : EXPLORED_ROWS;
  const first = new FirstRecords(plan, { shown, labelled: isReferenced && plan.labelColumn !== undefined ? LABELLED_RECORDS : 0 });
  const counter = known ? undefined : new CellCounter(plan, parseRecordLine);
  for await (const lines of wholeLines(folder.read(recordsFile(plan.name)))) {
    counter?.add(lines);
    first.add(lines);
    if (!counter && first.missing === 0) break;
  }
  const counts = known ?? (counter as CellCounter).counts;
  if (sha256 !== undefined) folder.countedTables?.add(sha256, plan, counts);
  const { records, labels } = first;
  records.length = Math.min(records.length, shownRecords(counts.records));
  return { ...{ plan, count: counts.records, records, labels }, ...filledColumns(plan, counts) };
}

function filledColumns({ columns }: TablePlan, counts: CellCounts): Pick<ReadTable, "filled" | "emptyTexts"> {
  const named = counts.columns.map((count, i) => ({ name: columns[i]?.name as string, ...count }));
  return {
    filled: new Map(named.flatMap(({ name, filled }) => (filled > 0 ? [[name, filled] as const] : []))),
    emptyTexts: new Set(named.flatMap(({ name, empty }) => (empty > 0 ? [name] : []))),
  };
}

import { KeyIndex } from "../check/key-index.ts";
import { recordKey } from "../contract/record-key.ts";
import type { JsonRecord } from "../formats/value.ts";
import { parseRecordLine } from "../ports/parse-record-line.ts";
import type { Workspace } from "../ports/ports.ts";
import { changedValues, withChangedValues } from "../release/changed-values.ts";
import type { TableDifference } from "../release/difference.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { ChangeSpools } from "./change-spools.ts";
import { isActiveRecord } from "./is-active-record.ts";
import { type ComparedTables, type MatchedRecords, matchRecords, OPEN, type UnmatchedRecords } from "./match-records.ts";
import type { NumberList } from "./number-list.ts";
import { recordLines } from "./record-lines.ts";

/** Maximum records per list kept in memory for display; the spools contain all. */
const MAX_LISTED = 1000;

/** Whether the kept records are in their old order, followed by all added records. */
function isOldOrder(from: NumberList): boolean {
  let last = -1;
  let added = false;
  for (let i = 0; i < from.size; i += 1) {
    const old = from.at(i);
    if (old < 0) added = true;
    else if (added || old <= last) return false;
    else last = old;
  }
  return true;
}

/** Writes the new order as runs of old records and counts of added records; nothing if the order is unchanged. */
async function writeOrder(spools: ChangeSpools, from: NumberList, hasDuplicateKeys: boolean): Promise<void> {
  if (!hasDuplicateKeys && isOldOrder(from)) return;
  for (let i = 0; i < from.size; ) {
    const old = from.at(i);
    let count = 1;
    while (i + count < from.size && (old < 0 ? from.at(i + count) < 0 : from.at(i + count) === old + count)) count += 1;
    await spools.add("order", old < 0 ? count : [old, count]);
    i += count;
  }
}

/** The wanted keys that exist in a table. */
async function existingKeys(plan: TablePlan, table: AsyncIterable<Uint8Array>, wanted: ReadonlySet<string>): Promise<Set<string>> {
  const found = new Set<string>();
  if (wanted.size === 0) return found;
  for await (const line of recordLines(table)) {
    const key = recordKey(plan, parseRecordLine(line));
    if (wanted.has(key)) found.add(key);
  }
  return found;
}

/** Compares the records without an equal line in the other table. */
class RecordComparison {
  readonly result: TableDifference;
  readonly #plan: TablePlan;
  readonly #unmatched: UnmatchedRecords;
  readonly #spools: ChangeSpools;
  readonly #isActive: (record: JsonRecord) => boolean;
  /** Whether the new table still has an old record, by its number in `#unmatched`. */
  readonly #kept: Uint8Array;
  readonly #added = new KeyIndex();

  constructor(plan: TablePlan, { unmatched, active }: MatchedRecords, spools: ChangeSpools) {
    this.#plan = plan;
    this.#unmatched = unmatched;
    this.#spools = spools;
    this.#kept = new Uint8Array(unmatched.numbers.size);
    this.#isActive = isActiveRecord(plan);
    this.result = {
      counts: { added: 0, changed: 0, replaced: 0, removed: 0 },
      added: [],
      changed: [],
      replaced: [],
      removed: [],
      spools: spools.names,
      active: { before: active, after: active, lost: 0 },
    };
  }

  /** Compares a new record; returns the number of the matching old record, or -1. */
  async match(line: string): Promise<number> {
    const unmatched = this.#unmatched;
    const same = unmatched.lines.get(line);
    if (same !== undefined) {
      this.#kept[same] = 1;
      return unmatched.numbers.at(same);
    }
    const record = parseRecordLine(line);
    const key = recordKey(this.#plan, record);
    const number = unmatched.keys.get(key);
    if (number === undefined) {
      await this.#add(key, record);
      return -1;
    }
    this.#kept[number] = 1;
    await this.#change(key, parseRecordLine(await unmatched.text(number)), record, line);
    return unmatched.numbers.at(number);
  }

  async #add(key: string, record: JsonRecord): Promise<void> {
    const { counts, added, active } = this.result;
    this.#added.add(key);
    if (this.#isActive(record)) active.after += 1;
    counts.added += 1;
    if (added.length < MAX_LISTED) added.push(record);
    await this.#spools.add("added", record);
  }

  async #change(key: string, past: JsonRecord, record: JsonRecord, line: string): Promise<void> {
    const { counts, changed, active } = this.result;
    const [was, is] = [this.#isActive(past), this.#isActive(record)];
    if (was !== is) active.after += is ? 1 : -1;
    if (was && !is) active.lost += 1;
    const fields = changedValues(past, record);
    if (Object.keys(fields).length === 0) {
      await this.#spools.add("rewritten", { key, record });
      return;
    }
    const exact = JSON.stringify(withChangedValues(past, fields)) === line;
    const change = { key, fields, ...(exact ? {} : { record }) };
    counts.changed += 1;
    if (changed.length < MAX_LISTED) changed.push({ ...change, record });
    await this.#spools.add("changed", change);
  }

  /** Adds the removed records; `existing` finds keys in the new table. */
  async end(existing: (keys: ReadonlySet<string>) => Promise<ReadonlySet<string>>): Promise<void> {
    const { keys, successors } = this.#unmatched;
    const others = await existing(this.#unknownSuccessors());
    const newcomers = new Set<string>();
    let number = 0;
    for await (const line of this.#unmatched.all()) {
      if (this.#kept[number] !== 1) {
        const record = parseRecordLine(line);
        const key = recordKey(this.#plan, record);
        const by = successors.get(key);
        const isNew = by !== undefined && this.#added.has(by);
        if (isNew) newcomers.add(by);
        const exists = isNew || (by !== undefined && (others.has(by) || this.#kept[keys.get(by) ?? -1] === 1));
        await this.#remove(key, record, exists ? by : undefined);
      }
      number += 1;
    }
    // A successor does not count as added, but `added` contains it, so that the changes can be applied.
    this.result.counts.added -= newcomers.size;
  }

  /** Keys of successors of removed records that can only be among the unchanged records. */
  #unknownSuccessors(): Set<string> {
    const { keys, successors } = this.#unmatched;
    const unknown = new Set<string>();
    for (const [key, by] of successors) {
      const isRemoved = this.#kept[keys.get(key) ?? -1] !== 1;
      if (isRemoved && !this.#added.has(by) && !keys.has(by)) unknown.add(by);
    }
    return unknown;
  }

  async #remove(key: string, record: JsonRecord, by: string | undefined): Promise<void> {
    const { counts, replaced, removed, active } = this.result;
    const wasActive = this.#isActive(record);
    if (wasActive) active.after -= 1;
    if (by !== undefined) {
      counts.replaced += 1;
      if (replaced.length < MAX_LISTED) replaced.push({ key, by, record });
      await this.#spools.add("replaced", { key, by, record });
      return;
    }
    counts.removed += 1;
    if (wasActive) active.lost += 1;
    if (removed.length < MAX_LISTED) removed.push({ key, record });
    await this.#spools.add("removed", { key, record });
  }
}

/**
 * The records of a table that differ, by primary key, in the order of the new table; removed records are in the order of the
 * old table. Equal lines at corresponding positions are skipped without parsing. Other lines are spooled to the workspace, and
 * take about 120 bytes of memory each.
 */
export async function compareRecords(plan: TablePlan, tables: ComparedTables, workspace: Workspace): Promise<TableDifference> {
  const prefix = `.changes-${plan.name}-`;
  const matched = await matchRecords(plan, tables, workspace, prefix);
  const { from, rest, unmatched } = matched;
  const spools = new ChangeSpools(workspace, prefix);
  const comparison = new RecordComparison(plan, matched, spools);
  let at = 0;
  for await (const line of rest.all()) {
    while (from.at(at) !== OPEN) at += 1;
    from.set(at, await comparison.match(line));
  }
  await comparison.end((keys) => existingKeys(plan, tables.now(), keys));
  await writeOrder(spools, from, unmatched.hasDuplicateKeys);
  await spools.close();
  return comparison.result;
}

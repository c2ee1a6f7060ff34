import { KeyIndex } from "../check/key-index.ts";
import { recordKey } from "../contract/record-key.ts";
import type { JsonRecord } from "../formats/value.ts";
import { parseRecordLine } from "../ports/parse-record-line.ts";
import type { Workspace } from "../ports/ports.ts";
import { changedFields, withChangedFields } from "../release/changed-fields.ts";
import type { TableDifference } from "../release/difference.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { ChangeSpools } from "./change-spools.ts";
import { isActiveRecord } from "./is-active-record.ts";
import { type ComparedTables, type LeftRecords, type MatchedRecords, matchRecords, OPEN } from "./match-records.ts";
import type { NumberList } from "./number-list.ts";
import { recordLines } from "./record-lines.ts";

/** Maximum records of each list in memory, for people; the spools have all of them. */
const LISTED = 1000;

/** Whether the kept records are in their old order, and all added ones after them. */
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

/** Writes the new order as runs of old records and counts of added ones; nothing if it is the old order. */
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

/** Those of some keys that records of a table have. */
async function existingKeys(plan: TablePlan, table: AsyncIterable<Uint8Array>, wanted: ReadonlySet<string>): Promise<Set<string>> {
  const found = new Set<string>();
  if (wanted.size === 0) return found;
  for await (const line of recordLines(table)) {
    const key = recordKey(plan, parseRecordLine(line));
    if (wanted.has(key)) found.add(key);
  }
  return found;
}

/** Compares the records that no equal line was found of. */
class RecordComparison {
  readonly result: TableDifference;
  readonly #plan: TablePlan;
  readonly #left: LeftRecords;
  readonly #spools: ChangeSpools;
  readonly #isActive: (record: JsonRecord) => boolean;
  /** Old records that the new table still has, by their number among those that are left. */
  readonly #kept: Uint8Array;
  readonly #added = new KeyIndex();

  constructor(plan: TablePlan, { left, active }: MatchedRecords, spools: ChangeSpools) {
    this.#plan = plan;
    this.#left = left;
    this.#spools = spools;
    this.#kept = new Uint8Array(left.numbers.size);
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

  /** Takes a new record; returns the number of the old one, or -1. */
  async take(line: string): Promise<number> {
    const left = this.#left;
    const same = left.lines.get(line);
    if (same !== undefined) {
      this.#kept[same] = 1;
      return left.numbers.at(same);
    }
    const record = parseRecordLine(line);
    const key = recordKey(this.#plan, record);
    const number = left.keys.get(key);
    if (number === undefined) {
      await this.#add(key, record);
      return -1;
    }
    this.#kept[number] = 1;
    await this.#change(key, parseRecordLine(await left.text(number)), record, line);
    return left.numbers.at(number);
  }

  async #add(key: string, record: JsonRecord): Promise<void> {
    const { counts, added, active } = this.result;
    this.#added.add(key);
    if (this.#isActive(record)) active.after += 1;
    counts.added += 1;
    if (added.length < LISTED) added.push(record);
    await this.#spools.add("added", record);
  }

  async #change(key: string, past: JsonRecord, record: JsonRecord, line: string): Promise<void> {
    const { counts, changed, active } = this.result;
    const [was, is] = [this.#isActive(past), this.#isActive(record)];
    if (was !== is) active.after += is ? 1 : -1;
    if (was && !is) active.lost += 1;
    const fields = changedFields(past, record);
    if (Object.keys(fields).length === 0) {
      await this.#spools.add("rewritten", { key, record });
      return;
    }
    const exact = JSON.stringify(withChangedFields(past, fields)) === line;
    const change = { key, fields, ...(exact ? {} : { record }) };
    counts.changed += 1;
    if (changed.length < LISTED) changed.push({ ...change, record });
    await this.#spools.add("changed", change);
  }

  /** Takes the removed old records; `existing` has the keys of the new table. */
  async end(existing: (keys: ReadonlySet<string>) => Promise<ReadonlySet<string>>): Promise<void> {
    const { keys, successors } = this.#left;
    const others = await existing(this.#unknownSuccessors());
    const newcomers = new Set<string>();
    let number = 0;
    for await (const line of this.#left.all()) {
      if (this.#kept[number] !== 1) {
        const record = parseRecordLine(line);
        const key = recordKey(this.#plan, record);
        const by = successors.get(key);
        const isNew = by !== undefined && this.#added.has(by);
        if (isNew) newcomers.add(by);
        const isThere = isNew || (by !== undefined && (others.has(by) || this.#kept[keys.get(by) ?? -1] === 1));
        await this.#remove(key, record, isThere ? by : undefined);
      }
      number += 1;
    }
    // A record that replaces another is not counted as added; `added` lists it, so that the list can be applied.
    this.result.counts.added -= newcomers.size;
  }

  /** Keys of records that replace a removed one, where only the unchanged records can have them. */
  #unknownSuccessors(): Set<string> {
    const { keys, successors } = this.#left;
    const unknown = new Set<string>();
    for (const [key, by] of successors) {
      const isGone = this.#kept[keys.get(key) ?? -1] !== 1;
      if (isGone && !this.#added.has(by) && !keys.has(by)) unknown.add(by);
    }
    return unknown;
  }

  async #remove(key: string, record: JsonRecord, by: string | undefined): Promise<void> {
    const { counts, replaced, removed, active } = this.result;
    const wasActive = this.#isActive(record);
    if (wasActive) active.after -= 1;
    if (by !== undefined) {
      counts.replaced += 1;
      if (replaced.length < LISTED) replaced.push({ key, by, record });
      await this.#spools.add("replaced", { key, by, record });
      return;
    }
    counts.removed += 1;
    if (wasActive) active.lost += 1;
    if (removed.length < LISTED) removed.push({ key, record });
    await this.#spools.add("removed", { key, record });
  }
}

/**
 * The records of a table that differ, by primary key, in the order of the new table; removed ones in that of the old. Equal lines at
 * corresponding places are passed without being parsed; of the others about 120 bytes each are kept, and their texts in the workspace.
 */
export async function compareRecords(plan: TablePlan, tables: ComparedTables, workspace: Workspace): Promise<TableDifference> {
  const prefix = `.changes-${plan.name}-`;
  const matched = await matchRecords(plan, tables, workspace, prefix);
  const { from, rest, left } = matched;
  const spools = new ChangeSpools(workspace, prefix);
  const comparison = new RecordComparison(plan, matched, spools);
  let at = 0;
  for await (const line of rest.all()) {
    while (from.at(at) !== OPEN) at += 1;
    from.set(at, await comparison.take(line));
  }
  await comparison.end((keys) => existingKeys(plan, tables.now(), keys));
  await writeOrder(spools, from, left.hasDuplicateKeys);
  await spools.close();
  return comparison.result;
}

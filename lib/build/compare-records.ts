import { KeyIndex } from "../check/key-index.ts";
import { recordKey } from "../contract/record-key.ts";
import type { JsonRecord } from "../formats/cell-text.ts";
import { parseRecordLine } from "../ports/parse-record-line.ts";
import type { FileWriter, Workspace } from "../ports/ports.ts";
import { changedFields, withFields } from "../release/changed-fields.ts";
import type { ChangeList, TableDifference } from "../release/difference.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** Maximum records of each list in memory, for people; the spools have all of them. */
const LISTED = 1000;

/** Lines of NDJSON, without their ends. */
export async function* recordLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  /** Pieces of an unfinished line; joined once, as it may span many chunks. */
  let begun: string[] = [];
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split("\n");
    begun.push(parts[0] as string);
    if (parts.length === 1) continue;
    parts[0] = begun.join("");
    begun = [parts.pop() as string];
    yield* parts;
  }
  const last = begun.join("");
  if (last) yield last;
}

/** Lists of JSON values in files of the workspace, created with the first value. */
class Spools {
  readonly #writers = new Map<ChangeList, FileWriter>();
  readonly names: TableDifference["spools"] = {};
  readonly #workspace: Workspace;
  readonly #prefix: string;
  constructor(workspace: Workspace, prefix: string) {
    this.#workspace = workspace;
    this.#prefix = prefix;
  }
  async add(list: ChangeList, value: unknown): Promise<void> {
    let writer = this.#writers.get(list);
    if (!writer) {
      const name = `${this.#prefix}${list}`;
      writer = await this.#workspace.create(name);
      this.#writers.set(list, writer);
      this.names[list] = name;
    }
    await writer.write(Buffer.from(`${JSON.stringify(value)}\n`));
  }
  async close(): Promise<void> {
    for (const writer of this.#writers.values()) await writer.close();
  }
}

/** A list of numbers that grows. */
class Numbers {
  #values = new Float64Array(1 << 10);
  size = 0;
  push(value: number): void {
    if (this.size === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.size] = value;
    this.size += 1;
  }
  at(i: number): number {
    return this.#values[i] as number;
  }
}

/** The old table: the number of each record, by key. */
interface Before {
  active: number;
  keys: KeyIndex;
  /** The same numbers by the whole line: an unchanged record is found without parsing it. */
  lines: KeyIndex;
  /** Where each line starts, and where the last one ends. */
  starts: Numbers;
  /** Key of an old record → key of the record that replaces it. */
  successors: Map<string, string>;
  /** Some record has no key of its own under the new primary key. */
  odd: boolean;
  text(number: number): Promise<string>;
  all(): AsyncIterable<string>;
}

const successorColumn = (plan: TablePlan): string | undefined =>
  Object.entries(plan.record.properties ?? {}).find(([name, schema]) => name === "replacedBy" || schema.role === "replacedBy")?.[0];

/** Whether a record is not deprecated. */
function isActiveIn(plan: TablePlan): (record: JsonRecord) => boolean {
  const rank = plan.columns.find(({ schema, path, item }) => schema.role === "rank" && path.length === 1 && !item)?.name;
  return rank === undefined ? () => true : (record) => record[rank] !== "deprecated";
}

async function indexOld(plan: TablePlan, old: AsyncIterable<Uint8Array>, workspace: Workspace, name: string): Promise<Before> {
  const before = {
    keys: new KeyIndex(),
    lines: new KeyIndex(),
    starts: new Numbers(),
    successors: new Map<string, string>(),
    odd: false,
    active: 0,
  };
  const isActive = isActiveIn(plan);
  const successor = successorColumn(plan);
  const writer = await workspace.create(name);
  let offset = 0;
  for await (const line of recordLines(old)) {
    const record = parseRecordLine(line);
    const key = recordKey(plan, record);
    if (isActive(record)) before.active += 1;
    // Under a new primary key two old records may have the same key: the second counts as removed.
    if (before.keys.add(key) === undefined) {
      before.odd = true;
      before.keys.add(`\u0000${before.starts.size}`);
    }
    const by = successor === undefined ? undefined : record[successor];
    if (typeof by === "string") before.successors.set(key, by);
    if (before.lines.add(line) === undefined) before.lines.add(`\u0000${before.starts.size}`);
    before.starts.push(offset);
    const bytes = Buffer.from(`${line}\n`);
    offset += bytes.length;
    await writer.write(bytes);
  }
  before.starts.push(offset);
  await writer.close();
  return {
    ...before,
    text: async (number) =>
      Buffer.from(await workspace.slice(name, before.starts.at(number), before.starts.at(number + 1) - 1)).toString("utf8"),
    all: () => recordLines(workspace.read(name)),
  };
}

/** Whether the kept records are in their old order, and all added ones after them. */
function isOldOrder(from: Numbers): boolean {
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

/** Writes the new order as runs of old records and counts of added ones; nothing where it is the old order. */
async function writeOrder(spools: Spools, from: Numbers, odd: boolean): Promise<void> {
  if (!odd && isOldOrder(from)) return;
  for (let i = 0; i < from.size; ) {
    const old = from.at(i);
    let count = 1;
    while (i + count < from.size && (old < 0 ? from.at(i + count) < 0 : from.at(i + count) === old + count)) count += 1;
    await spools.add("order", old < 0 ? count : [old, count]);
    i += count;
  }
}

/**
 * The records of a table that differ, by primary key, in the order of the new table; removed ones in that of the old.
 * Memory: about 120 bytes a record of the old table, whatever its size; texts are in the workspace.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: two passes that share the counts, the order and the spools of one comparison
export async function compareRecords(
  plan: TablePlan,
  old: AsyncIterable<Uint8Array>,
  now: AsyncIterable<Uint8Array>,
  workspace: Workspace,
): Promise<TableDifference> {
  const prefix = `.changes-${plan.name}-`;
  const before = await indexOld(plan, old, workspace, `${prefix}old`);
  const spools = new Spools(workspace, prefix);
  const result: TableDifference = {
    counts: { added: 0, changed: 0, replaced: 0, removed: 0 },
    added: [],
    changed: [],
    replaced: [],
    removed: [],
    spools: spools.names,
    active: { before: before.active, after: before.active, lost: 0 },
  };
  const isActive = isActiveIn(plan);
  const { active } = result;
  const from = new Numbers();
  const kept = new Uint8Array(before.starts.size);
  const added = new KeyIndex();
  const newcomers = new Set<string>();
  for await (const line of recordLines(now)) {
    const unchanged = before.lines.get(line);
    if (unchanged !== undefined) {
      from.push(unchanged);
      kept[unchanged] = 1;
      continue;
    }
    const record = parseRecordLine(line);
    const key = recordKey(plan, record);
    const number = before.keys.get(key);
    from.push(number ?? -1);
    if (number === undefined) {
      added.add(key);
      if (isActive(record)) active.after += 1;
      result.counts.added += 1;
      if (result.added.length < LISTED) result.added.push(record);
      await spools.add("added", record);
      continue;
    }
    kept[number] = 1;
    const past = parseRecordLine(await before.text(number));
    if (isActive(past) && !isActive(record)) {
      active.after -= 1;
      active.lost += 1;
    } else if (!isActive(past) && isActive(record)) active.after += 1;
    const fields = changedFields(past, record);
    const exact = JSON.stringify(withFields(past, fields)) === line;
    if (Object.keys(fields).length === 0) await spools.add("rewritten", { key, record });
    else {
      const change = { key, fields, ...(exact ? {} : { record }) };
      result.counts.changed += 1;
      if (result.changed.length < LISTED) result.changed.push({ ...change, record });
      await spools.add("changed", change);
    }
  }
  let number = 0;
  for await (const line of before.all()) {
    if (kept[number] !== 1) {
      const record = parseRecordLine(line);
      const key = recordKey(plan, record);
      const by = before.successors.get(key);
      if (isActive(record)) active.after -= 1;
      if (by !== undefined && (added.has(by) || kept[before.keys.get(by) ?? -1] === 1)) {
        if (added.has(by)) newcomers.add(by);
        result.counts.replaced += 1;
        if (result.replaced.length < LISTED) result.replaced.push({ key, by, record });
        await spools.add("replaced", { key, by, record });
      } else {
        result.counts.removed += 1;
        if (isActive(record)) active.lost += 1;
        if (result.removed.length < LISTED) result.removed.push({ key, record });
        await spools.add("removed", { key, record });
      }
    }
    number += 1;
  }
  // A record that replaces another is not counted as added; `added` lists it, so that the list can be applied.
  result.counts.added -= newcomers.size;
  await writeOrder(spools, from, before.odd);
  await spools.close();
  return result;
}

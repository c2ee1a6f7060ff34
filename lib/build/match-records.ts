import { KeyIndex } from "../check/key-index.ts";
import { recordKey } from "../contract/record-key.ts";
import { noChunks } from "../ports/no-chunks.ts";
import { parseRecordLine } from "../ports/parse-record-line.ts";
import type { Workspace } from "../ports/ports.ts";
import { successorColumn } from "../schema/successor-column.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { countLines } from "./count-lines.ts";
import { activeRecordCounter } from "./is-active-record.ts";
import { LineSpool } from "./line-spool.ts";
import { matchLines } from "./match-lines.ts";
import { NumberList } from "./number-list.ts";

/** Old records without an equal line at the corresponding position of the new table. */
export interface UnmatchedRecords {
  keys: KeyIndex;
  /** The same numbers by the whole line: a record that only moved is found without parsing it. */
  lines: KeyIndex;
  /** Numbers of the records in the old table. */
  numbers: NumberList;
  /** Key of an old record → key of the record that replaces it. */
  successors: Map<string, string>;
  /** Two records have the same key under the new primary key. */
  hasDuplicateKeys: boolean;
  text(i: number): Promise<string>;
  all(): AsyncIterable<string>;
}

async function indexUnmatched(plan: TablePlan, spool: LineSpool, numbers: NumberList): Promise<UnmatchedRecords> {
  const unmatched = {
    keys: new KeyIndex(),
    lines: new KeyIndex(),
    numbers,
    successors: new Map<string, string>(),
    hasDuplicateKeys: false,
  };
  const successor = successorColumn(plan);
  let i = 0;
  for await (const line of spool.all()) {
    const record = parseRecordLine(line);
    const key = recordKey(plan, record);
    // Under a new primary key two old records may have the same key: the second counts as removed.
    if (unmatched.keys.add(key) === undefined) {
      unmatched.hasDuplicateKeys = true;
      unmatched.keys.add(`\u0000${i}`);
    }
    const by = successor === undefined ? undefined : record[successor];
    if (typeof by === "string") unmatched.successors.set(key, by);
    if (unmatched.lines.add(line) === undefined) unmatched.lines.add(`\u0000${i}`);
    i += 1;
  }
  return { ...unmatched, text: (number) => spool.text(number), all: () => spool.all() };
}

/** Two states of one table, as NDJSON. */
export interface ComparedTables {
  old(): AsyncIterable<Uint8Array>;
  now(): AsyncIterable<Uint8Array>;
  /** Both states have the same primary key, and each record has a unique key. */
  hasSameKey: boolean;
}

/** Which records are in both tables at the corresponding position; the others are in the spools. */
export interface MatchedRecords {
  unmatched: UnmatchedRecords;
  /** New records that are not matched yet. */
  rest: LineSpool;
  /** The old number of each new record; `OPEN` where it is in `rest`. */
  from: NumberList;
  active: number;
}

export const OPEN = -2;

export async function matchRecords(
  plan: TablePlan,
  { old, now, hasSameKey }: ComparedTables,
  workspace: Workspace,
  prefix: string,
): Promise<MatchedRecords> {
  const countActive = activeRecordCounter(plan);
  const [unmatched, rest] = [await LineSpool.create(workspace, `${prefix}old`), await LineSpool.create(workspace, `${prefix}now`)];
  const [from, numbers] = [new NumberList(), new NumberList()];
  let [number, active] = [0, 0];
  const visitor = {
    both(lines: Buffer) {
      const count = countLines(lines);
      const end = number + count;
      for (; number < end; number += 1) from.push(number);
      active += countActive(lines, count);
    },
    async old(line: Buffer) {
      numbers.push(number);
      number += 1;
      active += countActive(line, 1);
      await unmatched.add(line);
    },
    async now(line: Buffer) {
      from.push(OPEN);
      await rest.add(line);
    },
  };
  if (hasSameKey) await matchLines(old(), now(), visitor);
  else {
    // Different keys may be equal under the new primary key, so every record is compared.
    await matchLines(old(), noChunks(), visitor);
    await matchLines(noChunks(), now(), visitor);
  }
  await unmatched.close();
  await rest.close();
  return { unmatched: await indexUnmatched(plan, unmatched, numbers), rest, from, active };
}

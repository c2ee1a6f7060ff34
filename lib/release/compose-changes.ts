import type { JsonRecord, Value } from "../formats/value.ts";
import { changedValues, type ValueChange, withChangedValues } from "./changed-values.ts";
import type { ChangesFile, TableChanges } from "./changes-file.ts";
import type { Change } from "./difference.ts";

/** The change of one record between two releases. */
export interface RecordChange {
  table: string;
  key: string;
  kind: "changed" | "added" | "removed";
  /** Key of the record that replaced it. */
  by?: string;
  /** For `changed`: one item per changed value. */
  fields?: { name: string; old?: Value; now?: Value }[];
  record?: JsonRecord;
}

/** The changes between two releases. */
export interface Changes {
  from: string;
  to: string;
  /** Changes of columns, files and descriptions, as sentences. */
  shape: string[];
  records: RecordChange[];
}

/** The part of a `changes.json` that is needed for composing. */
export interface ChangesStep extends Pick<ChangesFile, "from" | "to" | "removed"> {
  schema: Pick<Change, "change">[];
  tables: Record<string, Omit<TableChanges, "counts">>;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A record before the first step and after the last. `old` and `now` are set if it exists on both sides. */
interface Sides {
  old?: Map<string, Value | undefined>;
  now?: Map<string, Value | undefined>;
  added?: JsonRecord;
  removed?: JsonRecord;
  by?: string;
}

const sidesOf = (fields: [name: string, change: ValueChange][]): Sides => ({
  old: new Map(fields.map(([name, change]) => [name, change.old])),
  now: new Map(fields.map(([name, change]) => [name, change.new])),
});

function withChange(before: Sides | undefined, fields: Record<string, ValueChange>): Sides {
  if (before?.added) return { ...before, added: withChangedValues(before.added, fields) };
  const old = new Map(before?.old);
  const now = new Map(before?.now);
  for (const [name, change] of Object.entries(fields)) {
    if (!old.has(name)) old.set(name, change.old);
    now.set(name, change.new);
  }
  return { old, now };
}

/** A removed record as it was before the first step. */
const originalRecord = (record: JsonRecord, before: Sides | undefined): JsonRecord =>
  withChangedValues(
    record,
    Object.fromEntries([...(before?.old ?? [])].map(([name, value]) => [name, value === undefined ? {} : { new: value }])),
  );

type TableSides = Map<string, Sides>;

/** Adds the next step to the state of a table. A record that was added and then removed is unchanged. */
function addStep(sides: TableSides, step: ChangesStep["tables"][string], keyOf: (record: JsonRecord) => string): void {
  const { added = [], changed = [], removed = [], replaced = [] } = step;
  for (const { key, fields } of changed) sides.set(key, withChange(sides.get(key), fields));
  for (const { key, record, by } of [...removed, ...replaced] as { key: string; record: JsonRecord; by?: string }[]) {
    const before = sides.get(key);
    if (before?.added) sides.delete(key);
    else sides.set(key, { removed: originalRecord(record, before), ...(by ? { by } : {}) });
  }
  for (const record of added) {
    const before = sides.get(keyOf(record))?.removed;
    sides.set(keyOf(record), before ? sidesOf(Object.entries(changedValues(before, record))) : { added: record });
  }
}

const differingValues = ({ old, now }: Sides): NonNullable<RecordChange["fields"]> =>
  [...(old ?? [])].flatMap(([name, was]) => {
    const is = now?.get(name);
    return same(was, is) ? [] : [{ name, ...(was === undefined ? {} : { old: was }), ...(is === undefined ? {} : { now: is }) }];
  });

/** The overall change of a record; empty if its changes cancel out. */
function changeOf(table: string, key: string, sides: Sides): RecordChange[] {
  const { added, removed, by } = sides;
  if (added) return [{ table, key, kind: "added", record: added }];
  if (removed) return [{ table, key, kind: "removed", record: removed, ...(by ? { by } : {}) }];
  const fields = differingValues(sides);
  return fields.length > 0 ? [{ table, key, kind: "changed", fields }] : [];
}

const KINDS: RecordChange["kind"][] = ["changed", "added", "removed"];

/** Combines several steps into one. */
export function composeChanges(steps: readonly ChangesStep[], keyOf: (table: string, record: JsonRecord) => string): Changes {
  const tables = new Map<string, TableSides>();
  for (const step of steps)
    for (const [table, changes] of Object.entries(step.tables)) {
      const sides = tables.get(table) ?? new Map<string, Sides>();
      tables.set(table, sides);
      addStep(sides, changes, (record) => keyOf(table, record));
    }
  const records = [...tables].flatMap(([table, sides]) => [...sides].flatMap(([key, each]) => changeOf(table, key, each)));
  return {
    from: steps[0]?.from ?? "",
    to: steps.at(-1)?.to ?? "",
    shape: [...new Set(steps.flatMap(({ schema }) => schema.map(({ change }) => change)))],
    records: records.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)),
  };
}

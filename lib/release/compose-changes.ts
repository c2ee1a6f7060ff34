import type { JsonRecord, Value } from "../formats/cells.ts";

/** What is different about one record between two releases. */
export interface RecordChange {
  table: string;
  key: string;
  kind: "changed" | "added" | "removed";
  /** The record it was replaced by. */
  by?: string;
  /** For `changed`: field by field. */
  fields?: { name: string; old?: Value; now?: Value }[];
  record?: JsonRecord;
}

/** What is different between two releases. */
export interface Changes {
  from: string;
  to: string;
  /** Changes of columns, files and descriptions, in sentences. */
  shape: string[];
  records: RecordChange[];
}

/** What is read of a `changes.json`. */
export interface ChangesFile {
  from: string;
  to: string;
  schema: { change: string }[];
  /** The older release was removed: nothing is listed. */
  removed?: true;
  tables: Record<
    string,
    {
      added?: JsonRecord[];
      changed?: { key: string; fields: Record<string, { old?: Value; new?: Value }> }[];
      removed?: { key: string; record: JsonRecord }[];
      replaced?: { key: string; by: string; record: JsonRecord }[];
    }
  >;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What stood before and what stands now; undefined where there is no record. */
interface Sides {
  /** Fields as they were, of a record that is there on both sides. */
  old?: Map<string, Value | undefined>;
  now?: Map<string, Value | undefined>;
  added?: JsonRecord;
  removed?: JsonRecord;
  by?: string;
}

const fieldsBetween = (old: JsonRecord, now: JsonRecord): Sides => {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !same(old[name], now[name]));
  return { old: new Map(names.map((name) => [name, old[name]])), now: new Map(names.map((name) => [name, now[name]])) };
};

function withChange(before: Sides | undefined, fields: Record<string, { old?: Value; new?: Value }>): Sides {
  if (before?.added) {
    const record = { ...before.added };
    for (const [name, change] of Object.entries(fields))
      if (change.new === undefined) delete record[name];
      else record[name] = change.new;
    return { ...before, added: record };
  }
  const old = new Map(before?.old);
  const now = new Map(before?.now);
  for (const [name, change] of Object.entries(fields)) {
    if (!old.has(name)) old.set(name, change.old);
    now.set(name, change.new);
  }
  return { old, now };
}

/** What a record was at the beginning, from what it was when it went. */
function asItWas(record: JsonRecord, before: Sides | undefined): JsonRecord {
  const was = { ...record };
  for (const [name, value] of before?.old ?? [])
    if (value === undefined) delete was[name];
    else was[name] = value;
  return was;
}

/** Several steps as one: what was added and removed again is no change. */
export function composed(steps: readonly ChangesFile[], keyOf: (table: string, record: JsonRecord) => string): Changes {
  const tables = new Map<string, Map<string, Sides>>();
  for (const step of steps)
    for (const [table, { added = [], changed = [], removed = [], replaced = [] }] of Object.entries(step.tables)) {
      const sides = tables.get(table) ?? new Map<string, Sides>();
      tables.set(table, sides);
      for (const { key, fields } of changed) sides.set(key, withChange(sides.get(key), fields));
      for (const gone of [...removed, ...replaced] as { key: string; record: JsonRecord; by?: string }[]) {
        const before = sides.get(gone.key);
        if (before?.added) sides.delete(gone.key);
        else sides.set(gone.key, { removed: asItWas(gone.record, before), ...(gone.by ? { by: gone.by } : {}) });
      }
      for (const record of added) {
        const before = sides.get(keyOf(table, record))?.removed;
        sides.set(keyOf(table, record), before ? fieldsBetween(before, record) : { added: record });
      }
    }
  const records: RecordChange[] = [];
  for (const [table, sides] of tables)
    for (const [key, { old, now, added, removed, by }] of sides) {
      if (added) records.push({ table, key, kind: "added", record: added });
      else if (removed) records.push({ table, key, kind: "removed", record: removed, ...(by ? { by } : {}) });
      else {
        const fields = [...(old ?? [])].flatMap(([name, was]) => {
          const is = now?.get(name);
          return same(was, is) ? [] : [{ name, ...(was === undefined ? {} : { old: was }), ...(is === undefined ? {} : { now: is }) }];
        });
        if (fields.length > 0) records.push({ table, key, kind: "changed", fields });
      }
    }
  const order = ["changed", "added", "removed"];
  return {
    from: steps[0]?.from ?? "",
    to: steps.at(-1)?.to ?? "",
    shape: [...new Set(steps.flatMap(({ schema }) => schema.map(({ change }) => change)))],
    records: records.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
  };
}

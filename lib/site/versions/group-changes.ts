import type { Changes, RecordChange } from "../../release/compose-changes.ts";

type ChangedValue = NonNullable<RecordChange["fields"]>[number];

/** Changes of one kind: records of a table that were added or removed, or in which the same columns changed. */
export interface ChangeGroup extends Pick<RecordChange, "kind" | "table"> {
  /** Names of the changed columns. */
  fields: string[];
  /** The changes with the same old and the same new value in all records. */
  same: ChangedValue[];
  count: number;
  /** Missing if the page leaves them out: they are fetched when a reader asks for them. */
  records?: RecordChange[];
}

export interface GroupedChanges extends Omit<Changes, "records"> {
  groups: ChangeGroup[];
}

/** Fewer changes of one kind are listed one by one. */
const FOLDED = 5;

export const isFoldedGroup = ({ count }: ChangeGroup): boolean => count >= FOLDED;

const valuesOf = ({ old, now }: ChangedValue): string => JSON.stringify([old, now]);

/** The changes that have the same old and new values in all records. */
function sameChanges([first, ...others]: readonly RecordChange[]): ChangedValue[] {
  return (first?.fields ?? []).filter((field) =>
    others.every(({ fields = [] }) => fields.some((other) => other.name === field.name && valuesOf(other) === valuesOf(field))),
  );
}

/** Groups changes by kind: first those of many records, the largest first, then the others in their order; of both, first those of the main table. */
export function groupChanges({ records, ...changes }: Changes, main?: string): GroupedChanges {
  const byKind = new Map<string, RecordChange[]>();
  for (const record of records) {
    const names = (record.fields ?? []).map(({ name }) => name).toSorted();
    const key = JSON.stringify([record.kind, record.table, names]);
    const known = byKind.get(key);
    if (known) known.push(record);
    else byKind.set(key, [record]);
  }
  const groups = [...byKind.values()].map((members): ChangeGroup => {
    const { kind, table, fields = [] } = members[0] as RecordChange;
    return { kind, table, fields: fields.map(({ name }) => name), same: sameChanges(members), count: members.length, records: members };
  });
  const rank = (group: ChangeGroup): number => (isFoldedGroup(group) ? -group.count : 0);
  const isOther = ({ table }: ChangeGroup): number => Number(table !== main);
  return {
    ...changes,
    groups: groups.toSorted((a, b) => Number(isFoldedGroup(b)) - Number(isFoldedGroup(a)) || isOther(a) - isOther(b) || rank(a) - rank(b)),
  };
}

/**
 * Removes the records that a page does not show: those of folded groups, all but the first of other groups without lines of their own, and
 * the details of groups after `mostKinds`, which are only counted.
 */
export function withFirstChanges({ groups, ...changes }: GroupedChanges, most: number, mostKinds: number): GroupedChanges {
  let left = most;
  return {
    ...changes,
    groups: groups.map(({ records, ...group }, i) => {
      if (isFoldedGroup(group)) return i < mostKinds ? group : { ...group, fields: [], same: [] };
      if (left < group.count) {
        left = 0;
        return { ...group, fields: [], same: [] };
      }
      left -= group.count;
      return { ...group, fields: [], same: [], ...(records ? { records } : {}) };
    }),
  };
}

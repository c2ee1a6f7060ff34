import type { JsonRecord, Value } from "../formats/cells.ts";
import { type Column, planTable, type Schema } from "../schema/table-plan.ts";
import { singular } from "./nouns.ts";

export type Level = "major" | "minor" | "patch" | "none";

const ORDER: Level[] = ["none", "patch", "minor", "major"];
const higher = (a: Level, b: Level): Level => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

/** Every kind of change to files, columns and descriptions, and what it asks for. docs/versions.md says why. */
export const CHANGE_LEVELS = {
  "layout-changed": "major",
  "promise-weakened": "major",
  "promise-strengthened": "patch",
  "file-gone": "major",
  "file-new": "minor",
  "column-gone": "major",
  "column-new": "minor",
  "column-retyped": "major",
  "columns-reordered": "major",
  "column-optional": "major",
  "column-required": "patch",
  "value-gone": "major",
  "value-new": "minor",
  "values-listed": "major",
  "values-open": "minor",
  "primary-key-changed": "major",
  "column-described": "patch",
  "table-described": "patch",
  "metadata-changed": "patch",
  "license-changed": "patch",
  "rules-changed": "patch",
} as const satisfies Record<string, Level>;

type ChangeKind = keyof typeof CHANGE_LEVELS;

export interface Change {
  kind: ChangeKind;
  level: Level;
  /** One sentence: what is different. */
  change: string;
}

export interface FieldChange {
  old?: Value;
  new?: Value;
}

export interface ChangedRecord {
  key: string;
  fields: Record<string, FieldChange>;
  /** The whole new record, where the fields laid into the old one would stand in another order. */
  record?: JsonRecord;
}

interface Replacement {
  key: string;
  by: string;
  record: JsonRecord;
}

/** What is different in one table. The lists hold the first records only, with what people want to see of them; `spools` name the files with all. */
export interface TableDifference {
  counts: { added: number; changed: number; replaced: number; removed: number };
  added: JsonRecord[];
  changed: (ChangedRecord & { record: JsonRecord })[];
  replaced: Replacement[];
  removed: { key: string; record: JsonRecord }[];
  spools: Partial<Record<ChangeList, string>>;
  /** Records that are not deprecated: how many there were, and are, and how many are gone or deprecated now. A successor makes up for one. */
  standing: { before: number; after: number; lost: number };
}

/**
 * The lists of a table in `changes.json`. `rewritten`: records whose values are the same in another order of names.
 * `order`: the new table as runs of old records `[from, count]` and counts of `added` ones, where it is not the old
 * order with the additions at the end.
 */
export const CHANGE_LISTS = ["added", "changed", "replaced", "removed", "rewritten", "order"] as const;
export type ChangeList = (typeof CHANGE_LISTS)[number];

export interface Difference {
  level: Level;
  /** What is different in files, columns, types, keys, allowed values and descriptions. */
  schema: Change[];
  tables: Record<string, TableDifference>;
}

/** Whether records of this dataset stay once they are published, or come and go by nature. */
export type RecordsPromise = "stay" | "may-go";

interface Field {
  name: string;
  type: string;
  constraints?: { enum?: string[]; required?: boolean };
}
interface Resource {
  path: string;
  title?: string;
  description?: string;
  hash?: string;
  schema?: { fields: Field[]; primaryKey?: string[]; foreignKeys?: unknown };
}
/** As much of a datapackage.json as a comparison reads. */
export interface Package {
  [word: string]: unknown;
  resources: Resource[];
  layout: number;
  records?: RecordsPromise;
}

/** What is compared besides records: the datapackage.json of a release and its schema.json. */
export interface ReleaseShape {
  package: Package;
  schema: Schema;
}

/** Words of a datapackage that are compared on their own, or differ between any two releases. */
const OWN = new Set(["version", "created", "commit", "previous", "generator", "resources", "layout", "records"]);
/** Files that say what is different, and files that are told from what is compared anyway. */
const BESIDE = new Set(["changes.json", "CHANGES.md", "schema.json", "README.md", "CITATION.cff", "LICENSE"]);

const different = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

class Changes {
  readonly list: Change[] = [];
  say(kind: ChangeKind, change: string): void {
    this.list.push({ kind, level: CHANGE_LEVELS[kind], change });
  }
}

function compareAllowed(changes: Changes, column: string, before: string[] | undefined, after: string[] | undefined): void {
  for (const value of before && after ? before.filter((value) => !after.includes(value)) : [])
    changes.say("value-gone", `${column} no longer allows ${value}`);
  for (const value of before && after ? after.filter((value) => !before.includes(value)) : [])
    changes.say("value-new", `${column} allows ${value}`);
  if (before && !after) changes.say("values-open", `${column} allows any value`);
  if (!before && after) changes.say("values-listed", `${column} allows listed values only`);
}

function compareField(changes: Changes, path: string, old: Field, now: Field): void {
  const column = `${path}: column ${old.name}`;
  const before = changes.list.length;
  if (old.type !== now.type) changes.say("column-retyped", `${column} was ${old.type} and is ${now.type}`);
  compareAllowed(changes, column, old.constraints?.enum, now.constraints?.enum);
  if (old.constraints?.required && !now.constraints?.required) changes.say("column-optional", `${column} may be empty`);
  if (!old.constraints?.required && now.constraints?.required) changes.say("column-required", `${column} is never empty`);
  if (changes.list.length === before && different(old, now)) changes.say("column-described", `${column} is described otherwise`);
}

function compareFile(changes: Changes, old: Resource, now: Resource): void {
  const { path } = old;
  if (!old.schema || !now.schema) return;
  const names = now.schema.fields.map(({ name }) => name);
  for (const field of old.schema.fields) {
    const same = now.schema.fields.find(({ name }) => name === field.name);
    if (same) compareField(changes, path, field, same);
    else changes.say("column-gone", `${path}: column ${field.name} is gone`);
  }
  const before = old.schema.fields.map(({ name }) => name);
  for (const name of names.filter((name) => !before.includes(name))) changes.say("column-new", `${path}: column ${name} is new`);
  const kept = before.filter((name) => names.includes(name));
  if (
    different(
      names.filter((name) => kept.includes(name)),
      kept,
    )
  )
    changes.say("columns-reordered", `${path}: columns stand in another order`);
  if (different(old.schema.primaryKey, now.schema.primaryKey))
    changes.say(
      "primary-key-changed",
      `${path}: the primary key was ${old.schema.primaryKey?.join(", ")} and is ${now.schema.primaryKey?.join(", ")}`,
    );
  if (different([old.title, old.description, old.schema.foreignKeys], [now.title, now.description, now.schema.foreignKeys]))
    changes.say("table-described", `${path} is described otherwise`);
}

const kindOf = ({ item, type }: Column): string => (item ? `a list of ${type}` : type);

/** What stands in no Table Schema is compared as schema.json has it: lists and JSON, which are text in a CSV, and allowed values of lists and numbers. */
function comparePlans(changes: Changes, old: Schema, now: Schema): void {
  const columnsOf = (table: string, schema: Schema): Column[] => planTable(table, schema).columns.filter(({ derived }) => !derived);
  for (const table of Object.keys(old.properties ?? {}).filter((name) => now.properties?.[name])) {
    const after = columnsOf(table, now);
    for (const column of columnsOf(table, old)) {
      const same = after.find(({ name }) => name === column.name);
      const name = `${table}.csv: column ${column.name}`;
      if (!same) continue;
      const known = changes.list.some(({ kind, change }) => kind === "column-retyped" && change.startsWith(`${name} `));
      if (kindOf(column) !== kindOf(same) && !known) changes.say("column-retyped", `${name} was ${kindOf(column)} and is ${kindOf(same)}`);
      if ((column.item && same.item) || (column.type !== "string" && same.type === column.type))
        compareAllowed(changes, name, column.allowed, same.allowed);
    }
  }
}

/** The change where the files of a dataset look different in its new layout (docs/versions.md). */
export const layoutChange = (from: number, to: number): Change => ({
  kind: "layout-changed",
  level: CHANGE_LEVELS["layout-changed"],
  change: `CSV files are written in layout ${to} of Factpress, and were in layout ${from}`,
});

/** What two releases of one layout differ in besides their records. */
export function shapeChanges({ package: old, schema: oldSchema }: ReleaseShape, { package: now, schema }: ReleaseShape): Change[] {
  const changes = new Changes();
  const [before, after] = [old.records ?? "stay", now.records ?? "stay"];
  if (before !== after)
    changes.say(
      after === "stay" ? "promise-strengthened" : "promise-weakened",
      after === "stay" ? "records stay from now on once they are published" : "records may go from now on without a new major version",
    );
  for (const resource of old.resources.filter(({ path }) => !BESIDE.has(path))) {
    const same = now.resources.find(({ path }) => path === resource.path);
    if (same) compareFile(changes, resource, same);
    else changes.say("file-gone", `${resource.path} is gone`);
  }
  for (const { path } of now.resources)
    if (!BESIDE.has(path) && !old.resources.some((resource) => resource.path === path)) changes.say("file-new", `${path} is new`);
  comparePlans(changes, oldSchema, schema);
  for (const word of new Set([...Object.keys(old), ...Object.keys(now)]))
    if (!OWN.has(word) && different(old[word], now[word])) changes.say("metadata-changed", `${word} is another`);
  const license = (found: Package): string | undefined => found.resources.find(({ path }) => path === "LICENSE")?.hash;
  if (license(old) !== license(now)) changes.say("license-changed", "the text of the licence is another");
  if (changes.list.length === 0 && different(oldSchema, schema)) changes.say("rules-changed", "schema.json asks something else of records");
  return changes.list;
}

/** The fields in which two records of one key differ. */
export function changedFields(old: JsonRecord, now: JsonRecord): Record<string, FieldChange> {
  const own = (record: JsonRecord, name: string): Value => (Object.hasOwn(record, name) ? record[name] : undefined);
  const fields: [string, FieldChange][] = [];
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const [before, after] = [own(old, name), own(now, name)];
    if (!sameValue(before, after))
      fields.push([name, { ...(before === undefined ? {} : { old: before }), ...(after === undefined ? {} : { new: after }) }]);
  }
  return Object.fromEntries(fields);
}

function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]));
}

/** The old record with its changed fields laid in: in their place, or at the end. */
export function withFields(old: JsonRecord, fields: Record<string, FieldChange>): JsonRecord {
  const record = { ...old };
  for (const [name, field] of Object.entries(fields))
    if ("new" in field) record[name] = field.new;
    else delete record[name];
  return record;
}

/** The level that the differences of one table's records ask for, under the promise that readers were given. */
const tableLevel = ({ counts }: TableDifference, promise: RecordsPromise): Level =>
  counts.removed + counts.replaced > 0
    ? promise === "stay"
      ? "major"
      : "minor"
    : counts.added > 0
      ? "minor"
      : counts.changed > 0
        ? "patch"
        : "none";

export const levelOf = (
  schema: readonly Change[],
  tables: Readonly<Record<string, TableDifference>>,
  promise: RecordsPromise = "stay",
): Level =>
  [...schema.map(({ level }) => level), ...Object.values(tables).map((table) => tableLevel(table, promise))].reduce(
    higher,
    "none" as Level,
  );

/** `1 fact`, `2 facts`. */
function counted(count: number, table: string): string {
  return `${count} ${count === 1 ? singular(table) : table}`;
}

/** One line: `3 facts added, 1 corrected`. */
export function summary({ schema, tables }: Pick<Difference, "schema" | "tables">): string {
  const parts = Object.entries(tables).flatMap(([table, { counts }]) =>
    (
      [
        [counts.added, "added"],
        [counts.changed, "corrected"],
        [counts.replaced, "replaced"],
        [counts.removed, "removed"],
      ] as const
    )
      .filter(([count]) => count > 0)
      .map(([count, what], i) => `${i === 0 ? counted(count, table) : count} ${what}`),
  );
  const breaking = schema.filter(({ level }) => level === "major").length;
  if (schema.length > 0)
    parts.push(
      parts.length === 0 && schema.length === 1
        ? (schema[0]?.change as string)
        : `${schema.length} ${parts.length > 0 ? "other " : ""}change${schema.length > 1 ? "s" : ""}${breaking > 0 ? ` (${breaking} breaking)` : ""}`,
    );
  return parts.join(", ") || "nothing a reader gets has changed";
}

/** So many records that are gone are named. */
const NAMED = 20;

/** Everything that breaks readers: a sentence a change, and one a table with the first of its records that are gone, and how many more. */
export function breaking({ schema, tables }: Difference, promise: RecordsPromise = "stay"): string[] {
  const sentences = schema.filter(({ level }) => level === "major").map(({ change }) => change);
  if (promise === "may-go") return sentences;
  for (const [table, { removed, replaced, counts }] of Object.entries(tables)) {
    const gone = [...replaced.map(({ key, by }) => `${key} (replaced by ${by})`), ...removed.map(({ key }) => key)];
    const total = counts.removed + counts.replaced;
    if (total === 0) continue;
    const more = total - Math.min(gone.length, NAMED);
    sentences.push(
      total === 1
        ? `${table}: ${gone[0]} is gone`
        : `${table}: ${total} are gone: ${gone.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    );
  }
  return sentences;
}

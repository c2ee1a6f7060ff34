import { type Column, planTable, type Schema } from "../schema/table-plan.ts";
import { CHANGE_LEVELS, type Change, type ChangeKind, type RecordsPromise } from "./difference.ts";

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

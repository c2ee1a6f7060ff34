import type { JsonRecord, Value } from "../export/cells.ts";

export type Level = "major" | "minor" | "patch" | "none";

const ORDER: Level[] = ["none", "patch", "minor", "major"];
const higher = (a: Level, b: Level): Level => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

export interface Change {
  level: Level;
  /** One sentence: what is different. */
  change: string;
}

export interface FieldChange {
  old?: Value;
  new?: Value;
}

export interface TableDifference {
  added: JsonRecord[];
  removed: JsonRecord[];
  changed: { key: string; fields: Record<string, FieldChange> }[];
  /** All of them, listed above or not. */
  counts: { added: number; removed: number; changed: number };
}

export interface Difference {
  level: Level;
  /** What is different in files, columns, types, keys, allowed values and metadata. */
  schema: Change[];
  tables: Record<string, TableDifference>;
}

interface Field {
  name: string;
  type: string;
  constraints?: { enum?: string[]; required?: boolean };
}
interface Resource {
  path: string;
  schema?: { fields: Field[]; primaryKey?: string[] };
}
/** As much of a datapackage.json as a comparison reads. */
export interface Package {
  [word: string]: unknown;
  resources: Resource[];
  layout: number;
}

/** Words of a datapackage that differ between any two releases. */
const OWN = new Set(["version", "created", "commit", "previous", "generator", "resources", "layout"]);

function fieldChanges(path: string, old: Field, now: Field): Change[] {
  const changes: Change[] = [];
  const say = (level: Level, change: string): void => void changes.push({ level, change });
  if (old.type !== now.type) say("major", `${path}: column ${old.name} was ${old.type} and is ${now.type}`);
  const [before, after] = [old.constraints?.enum, now.constraints?.enum];
  for (const value of before && after ? before.filter((value) => !after.includes(value)) : [])
    say("major", `${path}: column ${old.name} no longer allows ${value}`);
  for (const value of before && after ? after.filter((value) => !before.includes(value)) : [])
    say("minor", `${path}: column ${old.name} allows ${value}`);
  if (before && !after) say("minor", `${path}: column ${old.name} allows any value`);
  if (!before && after) say("major", `${path}: column ${old.name} allows listed values only`);
  if (old.constraints?.required && !now.constraints?.required) say("major", `${path}: column ${old.name} may be empty`);
  if (changes.length === 0 && JSON.stringify(old) !== JSON.stringify(now))
    say("patch", `${path}: column ${old.name} is described otherwise`);
  return changes;
}

function tableChanges(path: string, old: Resource["schema"], now: Resource["schema"]): Change[] {
  if (!old || !now) return [];
  const names = now.fields.map(({ name }) => name);
  const changes: Change[] = old.fields.flatMap((field): Change[] => {
    const same = now.fields.find(({ name }) => name === field.name);
    return same ? fieldChanges(path, field, same) : [{ level: "major", change: `${path}: column ${field.name} is gone` }];
  });
  for (const name of names.filter((name) => !old.fields.some((field) => field.name === name)))
    changes.push({ level: "minor", change: `${path}: column ${name} is new` });
  const kept = old.fields.map(({ name }) => name).filter((name) => names.includes(name));
  if (names.filter((name) => kept.includes(name)).join("\n") !== kept.join("\n"))
    changes.push({ level: "major", change: `${path}: columns stand in another order` });
  if (JSON.stringify(old.primaryKey) !== JSON.stringify(now.primaryKey))
    changes.push({
      level: "major",
      change: `${path}: the primary key was ${old.primaryKey?.join(", ")} and is ${now.primaryKey?.join(", ")}`,
    });
  return changes;
}

/** What two releases differ in besides their records. */
export function packageChanges(old: Package, now: Package): Change[] {
  const changes: Change[] = [];
  if (old.layout !== now.layout) changes.push({ level: "major", change: "the layout of the exports is another" });
  for (const { path, schema } of old.resources) {
    const same = now.resources.find((resource) => resource.path === path);
    if (!same && path !== "changes.json" && path !== "CHANGES.md") changes.push({ level: "major", change: `${path} is gone` });
    else changes.push(...tableChanges(path, schema, same?.schema));
  }
  for (const { path } of now.resources)
    if (path !== "changes.json" && path !== "CHANGES.md" && !old.resources.some((resource) => resource.path === path))
      changes.push({ level: "minor", change: `${path} is new` });
  for (const word of new Set([...Object.keys(old), ...Object.keys(now)]))
    if (!OWN.has(word) && JSON.stringify(old[word]) !== JSON.stringify(now[word]))
      changes.push({ level: "patch", change: `${word} is another` });
  return changes;
}

/** The fields in which two records of one key differ. */
export function changedFields(old: JsonRecord, now: JsonRecord): Record<string, FieldChange> {
  const fields: Record<string, FieldChange> = {};
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)]))
    if (JSON.stringify(old[name]) !== JSON.stringify(now[name]))
      fields[name] = { ...(name in old ? { old: old[name] } : {}), ...(name in now ? { new: now[name] } : {}) };
  return fields;
}

/** The level that the differences of one table's records ask for. */
const tableLevel = ({ counts }: TableDifference): Level =>
  counts.removed > 0 ? "major" : counts.added > 0 ? "minor" : counts.changed > 0 ? "patch" : "none";

export const levelOf = (schema: readonly Change[], tables: Readonly<Record<string, TableDifference>>): Level =>
  [...schema.map(({ level }) => level), ...Object.values(tables).map(tableLevel)].reduce(higher, "none" as Level);

/** One line: `3 facts added, 1 corrected`. */
export function summary({ schema, tables }: Difference): string {
  const parts = Object.entries(tables).flatMap(([table, { counts }]) => {
    const said = (count: number, what: string): string[] => (count > 0 ? [`${count} ${table} ${what}`] : []);
    return [...said(counts.added, "added"), ...said(counts.changed, "corrected"), ...said(counts.removed, "removed")];
  });
  const breaking = schema.filter(({ level }) => level === "major").length;
  if (schema.length > 0)
    parts.push(`${schema.length} other change${schema.length > 1 ? "s" : ""}${breaking > 0 ? ` (${breaking} breaking)` : ""}`);
  return parts.join(", ") || "nothing a reader gets has changed";
}

/** Everything that breaks readers, one sentence each. */
export const breaking = ({ schema, tables }: Difference, keyOf: (table: string, record: JsonRecord) => string): string[] => [
  ...schema.filter(({ level }) => level === "major").map(({ change }) => change),
  ...Object.entries(tables).flatMap(([table, { removed }]) => removed.map((record) => `${table}: ${keyOf(table, record)} is gone`)),
];

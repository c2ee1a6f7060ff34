import { SCHEMA_FILE } from "../contract/dataset-files.ts";
import { CHANGES_FILE, CHANGES_TEXT_FILE, CITATION_FILE, LICENSE_FILE, README_FILE } from "../contract/release-files.ts";
import type { FileChange } from "../formats/format.ts";
import type { IcebergTables } from "../formats/iceberg-columns.ts";
import { rowsFile } from "../formats/rows-file.ts";
import type { Schema } from "../schema/schema.ts";
import { type Column, planTable } from "../schema/table-plan.ts";
import { CHANGE_LEVELS, type Change, type ChangeKind, type RecordsPolicy } from "./difference.ts";
import { formatChanges } from "./format-changes.ts";

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
/** The compared part of `datapackage.json`. */
export interface Package {
  [property: string]: unknown;
  resources: Resource[];
  layout: number;
  records?: RecordsPolicy;
  iceberg?: IcebergTables;
}

/** The parts of a release that are compared in addition to its records. */
export interface ReleaseShape {
  package: Package;
  schema: Schema;
}

/** Properties of a data package that are compared separately, or differ between any two releases. */
const SEPARATE = new Set(["version", "created", "commit", "previous", "generator", "resources", "layout", "records", "iceberg"]);
/** Files that describe the difference, or are derived from files that are compared. */
const DERIVED = new Set([CHANGES_FILE, CHANGES_TEXT_FILE, SCHEMA_FILE, README_FILE, CITATION_FILE, LICENSE_FILE]);

const different = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

class FoundChanges {
  readonly list: Change[] = [];
  add(kind: ChangeKind, change: string): void {
    this.list.push({ kind, level: CHANGE_LEVELS[kind], change });
  }
}

function compareAllowed(changes: FoundChanges, column: string, before: string[] | undefined, after: string[] | undefined): void {
  for (const value of before && after ? before.filter((value) => !after.includes(value)) : [])
    changes.add("value-gone", `${column} no longer allows ${value}`);
  for (const value of before && after ? after.filter((value) => !before.includes(value)) : [])
    changes.add("value-new", `${column} allows ${value}`);
  if (before && !after) changes.add("values-open", `${column} allows any value`);
  if (!before && after) changes.add("values-listed", `${column} allows listed values only`);
}

function compareColumn(changes: FoundChanges, path: string, old: Field, now: Field): void {
  const column = `${path}: column ${old.name}`;
  const before = changes.list.length;
  if (old.type !== now.type) changes.add("column-retyped", `${column} was ${old.type} and is ${now.type}`);
  compareAllowed(changes, column, old.constraints?.enum, now.constraints?.enum);
  if (old.constraints?.required && !now.constraints?.required) changes.add("column-optional", `${column} may be empty`);
  if (!old.constraints?.required && now.constraints?.required) changes.add("column-required", `${column} is never empty`);
  if (changes.list.length === before && different(old, now)) changes.add("column-described", `${column} is described otherwise`);
}

function compareFile(changes: FoundChanges, old: Resource, now: Resource): void {
  const { path } = old;
  if (!old.schema || !now.schema) return;
  const names = now.schema.fields.map(({ name }) => name);
  for (const field of old.schema.fields) {
    const same = now.schema.fields.find(({ name }) => name === field.name);
    if (same) compareColumn(changes, path, field, same);
    else changes.add("column-gone", `${path}: column ${field.name} is gone`);
  }
  const before = old.schema.fields.map(({ name }) => name);
  for (const name of names.filter((name) => !before.includes(name))) changes.add("column-new", `${path}: column ${name} is new`);
  const kept = before.filter((name) => names.includes(name));
  if (
    different(
      names.filter((name) => kept.includes(name)),
      kept,
    )
  )
    changes.add("columns-reordered", `${path}: columns stand in another order`);
  if (different(old.schema.primaryKey, now.schema.primaryKey))
    changes.add(
      "primary-key-changed",
      `${path}: the primary key was ${old.schema.primaryKey?.join(", ")} and is ${now.schema.primaryKey?.join(", ")}`,
    );
  if (different([old.title, old.description, old.schema.foreignKeys], [now.title, now.description, now.schema.foreignKeys]))
    changes.add("table-described", `${path} is described otherwise`);
}

/** The type of a column, for messages. */
const typeName = ({ item, type }: Column): string => (item ? `a list of ${type}` : type);

function comparePlanColumn(changes: FoundChanges, name: string, old: Column, now: Column): void {
  const isKnown = changes.list.some(({ kind, change }) => kind === "column-retyped" && change.startsWith(`${name} `));
  if (typeName(old) !== typeName(now) && !isKnown) changes.add("column-retyped", `${name} was ${typeName(old)} and is ${typeName(now)}`);
  const isComparable = (old.item && now.item) || (old.type !== "string" && now.type === old.type);
  if (isComparable) compareAllowed(changes, name, old.allowed, now.allowed);
}

/** Compares what Table Schema cannot express: lists and JSON, which are text in a CSV, and allowed values of lists and numbers. */
function comparePlans(changes: FoundChanges, old: Schema, now: Schema): void {
  const columnsOf = (table: string, schema: Schema): Column[] => planTable(table, schema).columns.filter(({ derived }) => !derived);
  for (const table of Object.keys(old.properties ?? {}).filter((name) => now.properties?.[name])) {
    const after = columnsOf(table, now);
    for (const column of columnsOf(table, old)) {
      const same = after.find(({ name }) => name === column.name);
      if (same) comparePlanColumn(changes, `${rowsFile(table)}: column ${column.name}`, column, same);
    }
  }
}

function comparePromises(changes: FoundChanges, old: Package, now: Package): void {
  const after = now.records ?? "stay";
  if ((old.records ?? "stay") === after) return;
  if (after === "stay") changes.add("promise-strengthened", "records stay from now on once they are published");
  else changes.add("promise-weakened", "records may go from now on without a new major version");
}

function compareFiles(changes: FoundChanges, old: Package, now: Package): void {
  for (const resource of old.resources.filter(({ path }) => !DERIVED.has(path))) {
    const same = now.resources.find(({ path }) => path === resource.path);
    if (same) compareFile(changes, resource, same);
    else changes.add("file-gone", `${resource.path} is gone`);
  }
  for (const { path } of now.resources)
    if (!DERIVED.has(path) && !old.resources.some((resource) => resource.path === path)) changes.add("file-new", `${path} is new`);
}

function compareMetadata(changes: FoundChanges, old: Package, now: Package): void {
  for (const property of new Set([...Object.keys(old), ...Object.keys(now)]))
    if (!SEPARATE.has(property) && different(old[property], now[property])) changes.add("metadata-changed", `${property} is another`);
  const license = ({ resources }: Package): string | undefined => resources.find(({ path }) => path === LICENSE_FILE)?.hash;
  if (license(old) !== license(now)) changes.add("license-changed", "the text of the licence is another");
}

/**
 * Adds changes that only a format can find, without columns that were already reported for the CSV file. changes.json publishes the list in
 * this order: coverage of a file before types, tables in their old order.
 */
function compareFormats(changes: FoundChanges, old: ReleaseShape, now: ReleaseShape, ignoresFileTypes: boolean): void {
  const sideOf = ({ package: { resources }, schema }: ReleaseShape) =>
    [Object.keys(schema.properties ?? {}).map((table) => planTable(table, schema)), new Set(resources.map(({ path }) => path))] as const;
  const found = formatChanges(String(now.package["name"]), sideOf(old), sideOf(now));
  const isOfType = ({ kind }: FileChange): boolean => kind === "column-retyped" || kind === "column-optional";
  const covered = found.filter((change) => !isOfType(change));
  for (const name of Object.keys(old.schema.properties ?? {}))
    for (const { kind, change } of covered.filter(({ table }) => table === name)) changes.add(kind, change);
  if (ignoresFileTypes) return;
  for (const { kind, table, column, change } of found.filter(isOfType)) {
    const isKnown = changes.list.some((known) => known.kind === kind && known.change.startsWith(`${rowsFile(table)}: column ${column} `));
    if (!isKnown) changes.add(kind, change);
  }
}

/**
 * The differences of two releases of the same layout, except for their records. `ignoresFileTypes`: compare as for releases without
 * `retyped` (docs/versions.md).
 */
export function shapeChanges(old: ReleaseShape, now: ReleaseShape, ignoresFileTypes = false): Change[] {
  const changes = new FoundChanges();
  comparePromises(changes, old.package, now.package);
  compareFiles(changes, old.package, now.package);
  const isOtherSchema = different(old.schema, now.schema);
  if (isOtherSchema) {
    comparePlans(changes, old.schema, now.schema);
    compareFormats(changes, old, now, ignoresFileTypes);
  }
  compareMetadata(changes, old.package, now.package);
  if (changes.list.length === 0 && isOtherSchema) changes.add("rules-changed", "schema.json asks something else of records");
  return changes.list;
}

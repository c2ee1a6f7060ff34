import { FIRST_LAYOUT, LAYOUT } from "../contract/layout.ts";
import { resolveSchema } from "./resolve-schema.ts";
import type { BoardKeyword, Schema } from "./schema.ts";
import { schemaType } from "./schema-type.ts";

type ValueType = "string" | "integer" | "number" | "boolean" | "json";

/** A column of a table's CSV, and where its value is in a record. */
export interface Column {
  name: string;
  title: string;
  description: string;
  type: ValueType;
  /** Property names from the record to the value or list. */
  path: string[];
  /** For a list: property names from an item to its value. */
  item?: string[];
  /** Derived from the value: its label in the referenced table, its first or last day, or its display text. */
  derived?: "label" | "start" | "end" | "text";
  references?: string;
  format?: string;
  required: boolean;
  allowed?: string[];
  schema: Schema;
}

/** A table derived from a list of references or objects: one row per item. */
export interface LinkTable {
  name: string;
  path: string[];
  columns: Column[];
}

/** Keyword of the published schema: the SELECT of a view, on its table. */
export const VIEW_SQL = "x-view";

/** The compiled schema of a table: plain data. */
export interface TablePlan {
  name: string;
  /** The layout of its exported files. */
  layout: number;
  title: string;
  description: string;
  primaryKey: string[];
  columns: Column[];
  links: LinkTable[];
  /** The column with the label of a record, shown beside references to it. */
  labelColumn: string | undefined;
  /** Tables that this one references. */
  referencedTables: string[];
  minItems: number;
  maxItems: number;
  board?: BoardKeyword;
  /** For a view, the SELECT that makes its rows. */
  sql?: string;
  /** Name of a format of the dataset that limits integers to 64 bits; undefined if none does. */
  wholeNumbers?: string;
  /** Schema of one record, with the definitions it needs. */
  record: Schema;
}

const scalarType = (schema: Schema): ValueType => {
  const type = schemaType(schema);
  return type === "string" || type === "integer" || type === "number" || type === "boolean" ? type : "json";
};

const isScalar = (schema: Schema): boolean => scalarType(schema) !== "json";

/** Maximum values in the schema of a table. A `$ref` counts each time it is resolved. */
const MAX_VALUES = 20_000;

interface ColumnContext {
  name: string;
  path: string[];
  item?: string[];
  required: boolean;
  /** Whether a table has a label column. */
  labelled: (table: string) => boolean;
  /** Counts a value; throws if there are too many. */
  count: () => void;
}

/** The column of a scalar, and the columns derived from it. */
function scalarColumns(schema: Schema, context: ColumnContext): Column[] {
  const { name, path, item, required, labelled } = context;
  const title = schema.title ?? name;
  const nullable = (Array.isArray(schema.type) && schema.type.includes("null")) || schema.enum?.includes(null) === true;
  const column: Column = {
    name,
    title,
    description: schema.description ?? "",
    type: scalarType(schema),
    path,
    required: required && !nullable,
    schema,
  };
  if (item) column.item = item;
  if (schema.references) column.references = schema.references;
  if (schema.format) column.format = schema.format;
  const listed = schema.const !== undefined ? [schema.const] : schema.enum;
  const values = listed?.filter((value) => value !== null);
  if (values && values.length > 0 && values.every((value) => ["string", "number", "boolean"].includes(typeof value)))
    column.allowed = values.map(String);
  const derivedColumn = (suffix: string, derived: Column["derived"], titleOf: string, description: string): Column => ({
    ...column,
    name: `${name}_${suffix}`,
    derived,
    title: titleOf,
    description,
    required: false,
  });
  const columns = [column];
  if (column.references && labelled(column.references))
    columns.push(derivedColumn("label", "label", `${title}: label`, `Label of ${name} in the table ${column.references}.`));
  if (column.format === "edtf" && !item)
    columns.push(
      derivedColumn("start", "start", `${title}: first day`, `First day that ${name} covers.`),
      derivedColumn("end", "end", `${title}: last day`, `Last day that ${name} covers.`),
    );
  return columns;
}

/** The columns of a property: objects are flattened, lists are joined, deeper values are JSON. */
function columnsOf(schema: Schema, root: Schema, context: ColumnContext): Column[] {
  const resolved = resolveSchema(schema, root);
  context.count();
  if (isScalar(resolved)) return scalarColumns(resolved, context);
  const columns = schemaType(resolved) === "object" ? objectColumns : schemaType(resolved) === "array" ? listColumns : undefined;
  return columns?.(resolved, root, context) ?? [wholeColumn(resolved, context, "json")];
}

/** A column for a whole object or list. */
const wholeColumn = (schema: Schema, { name, path, required }: ColumnContext, type: Column["type"]): Column => ({
  name,
  title: schema.title ?? name,
  description: schema.description ?? "",
  type,
  path,
  required,
  schema,
});

/** A column for each property; if the object has a display text, a column for that comes first. */
function objectColumns(schema: Schema, root: Schema, context: ColumnContext): Column[] | undefined {
  if (!schema.properties) return undefined;
  const { name, path, required, labelled, count } = context;
  const needed = new Set(schema.required);
  const flat = Object.entries(schema.properties).flatMap(([key, value]) =>
    columnsOf(value, root, { name: `${name}_${key}`, path: [...path, key], required: required && needed.has(key), labelled, count }),
  );
  return schema.display === undefined ? flat : [{ ...wholeColumn(schema, context, "string"), derived: "text" }, ...flat];
}

/** One column of joined scalars, or one column per property of flat objects; undefined for deeper items. */
function listColumns(schema: Schema, root: Schema, { name, path, required, labelled, count }: ColumnContext): Column[] | undefined {
  if (!schema.items) return undefined;
  const item = resolveSchema(schema.items, root);
  const head = { title: schema.title, description: schema.description };
  if (isScalar(item))
    return scalarColumns(
      { ...item, ...Object.fromEntries(Object.entries(head).filter(([, v]) => v)) },
      { name, path, item: [], required, labelled, count },
    );
  const properties = Object.entries(item.properties ?? {}).map(([key, value]) => [key, resolveSchema(value, root)] as const);
  if (schemaType(item) !== "object" || properties.length === 0 || !properties.every(([, value]) => isScalar(value))) return undefined;
  return properties.flatMap(([key, value]) =>
    scalarColumns(value, { name: `${name}_${key}`, path, item: [key], required: false, labelled, count }),
  );
}

/** The link tables of a table: one per list of references or objects. */
function linksOf(table: string, columns: Column[], primaryKey: string[]): LinkTable[] {
  const lists = new Map<string, Column[]>();
  for (const column of columns) if (column.item) lists.set(column.path.join("_"), [...(lists.get(column.path.join("_")) ?? []), column]);
  return [...lists].flatMap(([list, items]) => {
    if (!items.some((column) => column.references || (column.item?.length ?? 0) > 0)) return [];
    const keys = primaryKey
      .map((key) => columns.find((column) => column.name === key) as Column)
      .map((column) => ({ ...column, name: `${table}_${column.name}`, references: table }));
    const rows = items.map((column) => ({ ...column, name: column.item?.length ? column.name.slice(list.length + 1) : column.name }));
    return [{ name: `${table}_${list}`, path: items[0]?.path ?? [], columns: [...keys, ...rows] }];
  });
}

function labelColumnOf(properties: Record<string, Schema>, root: Schema): string | undefined {
  const named = Object.entries(properties).find(([, schema]) => resolveSchema(schema, root).role === "label");
  return named?.[0] ?? ["label", "title", "name"].find((name) => name in properties);
}

const isUnspecified = (schema: Schema): boolean =>
  schema["additionalProperties"] === undefined && schema["unevaluatedProperties"] === undefined;

/** The schema of a value with its objects closed if they become columns; otherwise the same schema. */
function closedValue(schema: Schema, root: Schema): Schema {
  const resolved = resolveSchema(schema, root);
  if (schemaType(resolved) === "object" && resolved.properties) return closedObject(resolved, root);
  if (schemaType(resolved) !== "array" || !resolved.items) return schema;
  const item = resolveSchema(resolved.items, root);
  const properties = Object.values(item.properties ?? {});
  const hasColumns =
    schemaType(item) === "object" && properties.length > 0 && properties.every((inner) => isScalar(resolveSchema(inner, root)));
  return hasColumns && isUnspecified(item) ? { ...resolved, items: { ...item, additionalProperties: false } } : schema;
}

/**
 * Closes the schema of a record, or of an object in it, whose properties become columns. Unless the schema allows other
 * properties, they are refused: they have no column, so releases would silently drop them.
 */
function closedObject(schema: Schema, root: Schema): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, inner]) => [name, closedValue(inner, root)] as const);
  const closed = { ...(isUnspecified(schema) ? { additionalProperties: false } : {}), ...schema };
  return schema.properties ? { ...closed, properties: Object.fromEntries(properties) } : closed;
}

/** Compiles the plan of a table. Throws if the schema describes too many values, which `checkSchema` reports. */
export function planTable(name: string, root: Schema, layout = LAYOUT): TablePlan {
  const tables = root.properties ?? {};
  const table = resolveSchema(tables[name] ?? {}, root);
  const record = resolveSchema(table.items ?? {}, root);
  const properties = record.properties ?? {};
  const required = new Set(record.required);
  const labelled = (other: string): boolean => {
    const items = resolveSchema(resolveSchema(tables[other] ?? {}, root).items ?? {}, root);
    return (
      labelColumnOf(items.properties ?? {}, root) !== undefined && (resolveSchema(tables[other] ?? {}, root).primaryKey?.length ?? 0) === 1
    );
  };
  const primaryKey = table.primaryKey ?? [];
  let values = 0;
  const count = (): void => {
    values += 1;
    if (values > MAX_VALUES) throw new RangeError(`the table "${name}" describes more than ${MAX_VALUES} values`);
  };
  const columns = Object.entries(properties).flatMap(([key, schema]) =>
    columnsOf(schema, root, { name: key, path: [key], required: required.has(key), labelled, count }),
  );
  const size = (word: string, otherwise: number): number => (typeof table[word] === "number" ? (table[word] as number) : otherwise);
  return {
    name,
    layout,
    title: table.title ?? name,
    description: table.description ?? "",
    primaryKey,
    columns,
    links: linksOf(name, columns, primaryKey),
    labelColumn: labelColumnOf(properties, root),
    referencedTables: [...new Set(columns.flatMap((column) => column.references ?? []))].sort(),
    minItems: size("minItems", 0),
    maxItems: size("maxItems", Number.POSITIVE_INFINITY),
    ...(table.board ? { board: table.board } : {}),
    ...(typeof table[VIEW_SQL] === "string" ? { sql: table[VIEW_SQL] } : {}),
    record: {
      ...(layout === FIRST_LAYOUT
        ? { additionalProperties: false, ...record }
        : { additionalProperties: false, ...closedObject(record, root) }),
      ...(root["$defs"] ? { $defs: root["$defs"] } : {}),
    },
  };
}

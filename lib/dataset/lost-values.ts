import { isObject } from "../contract/is-object.ts";
import type { ValuePath } from "../contract/value-path.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema } from "../schema/schema.ts";
import { schemaType } from "../schema/schema-type.ts";

const MAX_DEPTH = 16;

const typesOf = ({ type }: Schema): string[] => [type ?? []].flat().filter((name) => name !== "null");

const isScalar = (schema: Schema): boolean => ["string", "integer", "number", "boolean"].includes(schemaType(schema));

const OPEN_REMEDY =
  'Name each of them under "properties" and remove this keyword. A value whose schema has no "properties" is published as JSON, and may have any.';

const REMEDIES = {
  array: 'Write "type": "array" and a single value as a list of one, or make two columns.',
  object: 'Write "type": "object" and put the other value into one of its properties, or make two columns.',
  item: 'Write one type for all items, or leave "items" out: the list is then published as JSON.',
};

/** The problem of an object that may have properties that its schema does not name. */
function openProblem(here: Schema, column: string, at: ValuePath): ValueProblem[] {
  const keyword = here["patternProperties"] === undefined ? "additionalProperties" : "patternProperties";
  if (here[keyword] === undefined || here[keyword] === false) return [];
  return [{ path: [...at, keyword], isName: true, message: `${column} may have properties without a column`, remedy: OPEN_REMEDY }];
}

/** The problem of a type that names a list or an object beside another type. */
function mixedProblem(types: readonly string[], column: string, at: ValuePath, inList: boolean): ValueProblem[] {
  const structured = types.find((type) => type === "array" || type === "object");
  if (structured === undefined || types.length < 2) return [];
  return [
    {
      path: [...at, "type"],
      isName: true,
      message: `${column} may be ${structured === "array" ? "a list" : "an object"} and something else: a column of a table cannot be both`,
      remedy: REMEDIES[inList ? "item" : structured],
    },
  ];
}

/** The problem of `prefixItems`: the type of a column comes from `items`, which does not apply to the first items. */
function firstItemsProblem(here: Schema, root: Schema, column: string, at: ValuePath): ValueProblem[] {
  const items = resolveSchema(here.items ?? {}, root);
  const isColumn = isScalar(items) || (schemaType(items) === "object" && items.properties !== undefined);
  const types = [items.type ?? []].flat();
  const hasTypes = (schema: Schema): boolean => schema.type !== undefined && [schema.type].flat().every((type) => types.includes(type));
  const first = [here["prefixItems"] ?? []].flat().map((schema) => resolveSchema(schema as Schema, root));
  if (!isColumn || first.length === 0 || (isScalar(items) && first.every(hasTypes))) return [];
  return [
    {
      path: [...at, "prefixItems"],
      isName: true,
      message: `The first items of ${column} may have another type than the others, and a column has one`,
      remedy: 'Write a type of "items" in each, or leave "items" out: the list is then published as JSON.',
    },
  ];
}

/** A value of the schema during the traversal. */
interface Visited {
  /** Its name in messages. */
  column: string;
  at: ValuePath;
  depth: number;
  /** Whether it is an item of a list. */
  inList: boolean;
}

/**
 * Problems of values that columns cannot represent. A type that combines a list or an object with another type would lose one
 * of the two, or make a text indistinguishable from a list. An object that may have other properties would lose them. Values
 * that are published as JSON may have any type.
 */
export function lostValues(root: Schema): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const visit = (schema: Schema, visited: Visited): void => {
    const { column, at, depth, inList } = visited;
    const here = resolveSchema(schema, root);
    const mixed = mixedProblem(typesOf(here), column, at, inList);
    problems.push(...mixed);
    if (mixed.length > 0 || depth > MAX_DEPTH) return;
    if (schemaType(here) === "object") visitObject(here, visited);
    else if (schemaType(here) === "array" && isObject(here.items) && !inList) {
      problems.push(...firstItemsProblem(here, root, column, at));
      visit(here.items, { column: `Each item of ${column}`, at: [...at, "items"], depth: depth + 1, inList: true });
    }
  };
  const visitObject = (here: Schema, { column, at, depth, inList }: Visited): void => {
    const properties = Object.entries(here.properties ?? {}).filter((entry) => isObject(entry[1]));
    // Items with deeper values, and objects without properties, are JSON.
    const isJson = properties.length === 0 || (inList && !properties.every(([, inner]) => isScalar(resolveSchema(inner, root))));
    if (isJson) return;
    problems.push(...openProblem(here, column, at));
    for (const [name, inner] of properties)
      visit(inner, { column: `${column}.${name}`, at: [...at, "properties", name], depth: depth + 1, inList });
  };
  for (const [name, table] of Object.entries(root.properties ?? {})) {
    const { items } = resolveSchema(table, root);
    if (isObject(items))
      visitObject(resolveSchema(items, root), { column: name, at: ["properties", name, "items"], depth: 0, inList: false });
  }
  return problems;
}

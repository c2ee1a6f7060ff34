import { isObject } from "../contract/is-object.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import { listValues } from "../diagnostics/rules/list-values.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import { ROLES } from "../schema/roles.ts";
import type { Schema } from "../schema/schema.ts";
import { schemaType } from "../schema/schema-type.ts";
import { OWN_KEYWORDS } from "./keyword-problems.ts";
import { propertyNodes } from "./property-nodes.ts";
import { MAX_REF_DEPTH, referencedNodes, type SchemaNode } from "./referenced-nodes.ts";
import { subschemas } from "./subschemas.ts";

const isScalar = (schema: Schema): boolean => ["string", "integer", "number", "boolean"].includes(schemaType(schema));

/** Lists of scalars, or of objects of scalars, have columns; deeper values are JSON. */
function hasColumns(item: Schema, root: Schema): boolean {
  if (isScalar(item)) return true;
  const properties = Object.values(item.properties ?? {});
  return schemaType(item) === "object" && properties.length > 0 && properties.every((schema) => isScalar(resolveSchema(schema, root)));
}

/** Collects where our keywords are read: paths that end with the keyword, as JSON. */
class Readers {
  readonly read = new Set<string>();
  readonly #root: Schema;
  constructor(root: Schema) {
    this.#root = root;
  }

  #mark(nodes: readonly SchemaNode[], ...keywords: string[]): void {
    for (const { path } of nodes) for (const keyword of keywords) this.read.add(JSON.stringify([...path, keyword]));
  }

  table(node: SchemaNode): void {
    const nodes = referencedNodes(node, this.#root);
    this.#mark(nodes, "primaryKey", "board");
    for (const { schema, path } of nodes)
      if (isObject(schema.items))
        for (const record of referencedNodes({ schema: schema.items, path: [...path, "items"] }, this.#root))
          for (const property of propertyNodes(record)) this.value(property, { isTop: true, isColumn: true, depth: 0 });
  }

  value(node: SchemaNode, { isTop, isColumn, depth }: { isTop: boolean; isColumn: boolean; depth: number }): void {
    if (depth > MAX_REF_DEPTH) return;
    const nodes = referencedNodes(node, this.#root);
    const resolved = resolveSchema(node.schema, this.#root);
    if (isTop) this.#mark(nodes, "role");
    if (schemaType(resolved) !== "array") this.#mark(nodes, "display", "displayFalse", "values");
    if (isColumn && isScalar(resolved)) this.#mark(nodes, "references");
    if (isColumn && schemaType(resolved) === "string") this.#mark(nodes, "search");
    const inside = { isTop: false, depth: depth + 1 };
    for (const node of nodes) {
      for (const property of propertyNodes(node)) this.value(property, { ...inside, isColumn });
      const { items } = node.schema;
      if (isObject(items))
        this.value(
          { schema: items, path: [...node.path, "items"] },
          { ...inside, isColumn: isColumn && hasColumns(resolveSchema(items, this.#root), this.#root) },
        );
    }
  }
}

const REMEDIES: Record<string, string> = {
  primaryKey: "Move it to the table, beside items.",
  board: "Move it to the table, beside items.",
  role: "Move it to a column of the table itself.",
  search: "Move it to a column of texts, or to the items of a list of texts.",
  references: "Move it to a column, to a value of an object, or to the items of a list of values or flat objects.",
};

function unknownRole({ schema, path }: SchemaNode): ValueProblem[] {
  const { role } = schema;
  if (role === undefined || (ROLES as readonly string[]).includes(role)) return [];
  const suggestion = nearestName(role, ROLES);
  return [
    {
      path: [...path, "role"],
      message: `${quote(role)} is not a role, so it has no effect`,
      remedy: suggestion ? `Did you mean "${suggestion}"?` : `The roles are: ${listValues(ROLES)}.`,
    },
  ];
}

/** Columns that a primary key names twice. */
function repeatedKeys({ schema, path }: SchemaNode): ValueProblem[] {
  const { primaryKey } = schema;
  if (!Array.isArray(primaryKey)) return [];
  return primaryKey.flatMap((key, i) =>
    primaryKey.indexOf(key) === i
      ? []
      : [{ path: [...path, "primaryKey", i], message: `The primary key names ${quote(key)} twice`, remedy: "Name each column once." }],
  );
}

/** Values without effect, of keywords in the right place. */
const unreadValues = (node: SchemaNode, read: ReadonlySet<string>): ValueProblem[] => [
  ...(read.has(JSON.stringify([...node.path, "role"])) ? unknownRole(node) : []),
  ...(read.has(JSON.stringify([...node.path, "primaryKey"])) ? repeatedKeys(node) : []),
];

/**
 * Keywords of Factpress without effect: in the wrong place, or with an unknown value. `mayHaveOverlookedProblems`: only in the
 * wrong place, because earlier versions released such values.
 */
export function unreadKeywords(root: Schema, { mayHaveOverlookedProblems = false } = {}): ValueProblem[] {
  const readers = new Readers(root);
  for (const table of propertyNodes({ schema: root, path: [] })) readers.table(table);
  const used = new Set([...JSON.stringify(root).matchAll(/"\$ref":"#\/\$defs\/([^"/]+)/g)].map(([, name]) => name));
  const problems: ValueProblem[] = [];
  const visit = ({ schema, path }: SchemaNode): void => {
    // Unused definitions have no effect.
    if (path[0] === "$defs" && path.length === 2 && !used.has(String(path[1]))) return;
    for (const keyword of OWN_KEYWORDS)
      if (Object.hasOwn(schema, keyword) && !readers.read.has(JSON.stringify([...path, keyword])))
        problems.push({
          path: [...path, keyword],
          isName: true,
          message: `"${keyword}" has no effect here`,
          remedy: REMEDIES[keyword] ?? "Move it to a column, or to a value in one.",
        });
    if (!mayHaveOverlookedProblems) problems.push(...unreadValues({ schema, path }, readers.read));
    for (const inner of subschemas(schema)) visit({ schema: inner.schema, path: [...path, ...inner.path] });
  };
  visit({ schema: root, path: [] });
  return problems;
}

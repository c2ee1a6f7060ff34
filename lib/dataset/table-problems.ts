import { isObject } from "../contract/is-object.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import { listValues } from "../diagnostics/rules/list-values.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema } from "../schema/schema.ts";
import { schemaType } from "../schema/schema-type.ts";
import { NAME, RESERVED_NAMES } from "./is-table-name.ts";
import { isKnownKeyword } from "./keyword-problems.ts";
import { pageKeywordProblems } from "./page-keyword-problems.ts";
import { MAX_SCHEMA_DEPTH, type SchemaPath, schemaProblem } from "./schema-problem.ts";

const TABLE_KEYWORDS = new Set([
  "$ref",
  "$comment",
  "title",
  "description",
  "type",
  "items",
  "primaryKey",
  "minItems",
  "maxItems",
  "examples",
  "board",
]);
/** Types of our own keywords, which the meta-schema does not know. */
const OWN_KEYWORD_TYPES = {
  references: "string",
  display: "string",
  displayFalse: "string",
  role: "string",
  title: "string",
  description: "string",
};

function nameProblems(name: string, path: SchemaPath): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const report = (message: string, remedy: string): void => void problems.push({ ...schemaProblem(path, message, remedy), isName: true });
  if (!NAME.test(name))
    report(
      `${quote(name)} is not a valid table name, because it becomes a file name`,
      "Use letters, digits, - and _, starting with a letter.",
    );
  if (name.toLowerCase() === "checks")
    report(`The table name "${name}" is reserved: the folder checks/ contains SQL checks`, "Choose another name.");
  if (RESERVED_NAMES.has(name.toLowerCase()))
    report(`The table name "${name}" is reserved: every release has a file of that name`, "Choose another name.");
  return problems;
}

function keyProblems(name: string, table: Schema, record: Schema, root: Schema): ValueProblem[] {
  const path: SchemaPath = ["properties", name];
  const given: unknown = table.primaryKey;
  if (typeof given === "string" && given !== "")
    return [schemaProblem([...path, "primaryKey"], `The primary key of "${name}" is not a list`, `Write [${quote(given)}].`)];
  if (!Array.isArray(table.primaryKey) || table.primaryKey.length === 0)
    return [
      schemaProblem(path, `The table "${name}" has no primary key`, 'Add "primaryKey": ["id"], with the columns that identify a record.'),
    ];
  const columns = record.properties ?? {};
  return table.primaryKey.flatMap((key: unknown, i) => {
    const report = (why: string, remedy: string): ValueProblem[] => [
      schemaProblem([...path, "primaryKey", i], `The primary key of "${name}" names ${quote(key)}, ${why}`, remedy),
    ];
    if (typeof key !== "string" || !Object.hasOwn(columns, key)) {
      const suggestion = typeof key === "string" ? nearestName(key, Object.keys(columns)) : undefined;
      return report(
        "which is not a column",
        suggestion ? `Did you mean "${suggestion}"?` : `The columns are: ${listValues(Object.keys(columns))}.`,
      );
    }
    if (!["string", "integer"].includes(schemaType(resolveSchema(columns[key] ?? {}, root))))
      return report("which is neither text nor an integer", "Choose a column of type string or integer.");
    return record.required?.includes(key) ? [] : report("which is not required", `Add "${key}" to "required": every record needs a key.`);
  });
}

/** Problems of our own keywords: a value of the wrong type, or a reference to a table that does not exist. */
function ownKeywordProblems(here: Schema, column: string, at: SchemaPath, tables: readonly string[]): ValueProblem[] {
  const problems = Object.entries(OWN_KEYWORD_TYPES)
    .filter(([keyword, type]) => here[keyword] !== undefined && typeof here[keyword] !== type)
    .map(([keyword, type]) =>
      schemaProblem([...at, keyword], `"${keyword}" of ${column} is not a ${type}`, `Write "${keyword}" as text in quotes.`),
    );
  if (typeof here.references !== "string" || tables.includes(here.references)) return problems;
  const suggestion = nearestName(here.references, tables);
  const remedy = suggestion ? `Did you mean "${suggestion}"?` : `The tables are: ${listValues(tables)}.`;
  return [
    ...problems,
    schemaProblem([...at, "references"], `${column} references ${quote(here.references)}, which is not a table`, remedy),
  ];
}

/** Problems of one table of a schema. */
export function tableProblems(name: string, root: Schema): ValueProblem[] {
  const path: SchemaPath = ["properties", name];
  const problems = nameProblems(name, path);
  const tables = Object.keys(root.properties ?? {});
  const table = resolveSchema(root.properties?.[name] ?? {}, root);
  for (const keyword of Object.keys(table))
    if (!TABLE_KEYWORDS.has(keyword) && isKnownKeyword(keyword) && !keyword.startsWith("x-"))
      problems.push({
        ...schemaProblem(
          [...path, keyword],
          `"${keyword}" is not supported on the table "${name}", because tables are read as streams`,
          "Move it to the records (under items), or remove it.",
        ),
        isName: true,
      });
  const record = resolveSchema(table.items ?? {}, root);
  if (schemaType(table) !== "array" || schemaType(record) !== "object" || !isObject(record.properties))
    return [
      ...problems,
      schemaProblem(path, `"${name}" is not a table`, 'Write {"type": "array", "items": {"type": "object", "properties": { … }}}.'),
    ];
  problems.push(...keyProblems(name, table, record, root));
  const visit = (schema: Schema, column: string, at: SchemaPath, depth: number): void => {
    const here = resolveSchema(schema, root);
    if (depth > MAX_SCHEMA_DEPTH) {
      if (depth === MAX_SCHEMA_DEPTH + 1)
        problems.push(schemaProblem(at, `${column} is nested deeper than ${MAX_SCHEMA_DEPTH}, or refers to itself`, "Use fewer levels."));
      return;
    }
    problems.push(...ownKeywordProblems(here, column, at, tables));
    for (const [key, value] of Object.entries(here.properties ?? {}))
      if (isObject(value)) visit(value, `${column}.${key}`, [...at, "properties", key], depth + 1);
    if (isObject(here.items)) visit(here.items, column, [...at, "items"], depth + 1);
  };
  visit(record, name, [...path, "items"], 0);
  return problems.length > 0 ? problems : pageKeywordProblems(name, root);
}

import { Ajv2020 } from "ajv/dist/2020.js";
import { isObject } from "../contract/is-object.ts";
import { describeError } from "../diagnostics/describe-error.ts";
import type { ValidationError } from "../diagnostics/meaningful-errors.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import { pointerPath } from "../diagnostics/pointer-path.ts";
import { listValues } from "../diagnostics/rules/list-values.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { KNOWN_FORMATS } from "../schema/compile-record.ts";
import { patternError } from "../schema/linear-pattern.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import { schemaType } from "../schema/schema-type.ts";
import { planTable, type Schema, TONES } from "../schema/table-plan.ts";
import { isKnownKeyword, REFUSED_KEYWORDS } from "./keyword-problems.ts";

const ROOT_KEYWORDS = new Set([
  "$schema",
  "$id",
  "$comment",
  "$defs",
  "title",
  "description",
  "type",
  "properties",
  "required",
  "additionalProperties",
]);
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
/** Names and indexes from the top of a schema. */
type Path = readonly (string | number)[];

const problemAt = (path: Path, message: string, remedy?: string): ValueProblem => ({
  path: [...path],
  message,
  ...(remedy ? { remedy } : {}),
});

/** Names of files that every release has beside its tables. */
export const RESERVED_NAMES = new Set([
  "schema",
  "datapackage",
  "changes",
  "index",
  "readme",
  "license",
  "citation",
  "sha256sums",
  "releases",
  "feed",
  "dataset",
  "explorer",
]);
/** Maximum nesting of a table. */
const MAX_DEPTH = 12;
/** Types of our own keywords, which the meta-schema does not know. */
const OWN_KEYWORD_TYPES = {
  references: "string",
  display: "string",
  displayFalse: "string",
  role: "string",
  title: "string",
  description: "string",
};
export const NAME = /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/i;

function nameProblems(name: string, path: Path): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const say = (message: string, remedy: string): void => void problems.push({ ...problemAt(path, message, remedy), isName: true });
  if (!NAME.test(name))
    say(
      `${quote(name)} is not a valid table name, because it becomes a file name`,
      "Use letters, digits, - and _, starting with a letter.",
    );
  if (name.toLowerCase() === "checks")
    say(`The table name "${name}" is reserved: the folder checks/ contains SQL checks`, "Choose another name.");
  if (RESERVED_NAMES.has(name.toLowerCase()))
    say(`The table name "${name}" is reserved: every release has a file of that name`, "Choose another name.");
  return problems;
}

function keyProblems(name: string, table: Schema, record: Schema, root: Schema, path: Path): ValueProblem[] {
  if (!Array.isArray(table.primaryKey) || table.primaryKey.length === 0)
    return [
      problemAt(path, `The table "${name}" has no primary key`, 'Add "primaryKey": ["id"], with the columns that identify a record.'),
    ];
  const columns = record.properties ?? {};
  return table.primaryKey.flatMap((key: unknown, i) => {
    const say = (why: string, remedy: string): ValueProblem[] => [
      problemAt([...path, "primaryKey", i], `The primary key of "${name}" names ${quote(key)}, ${why}`, remedy),
    ];
    if (typeof key !== "string" || !Object.hasOwn(columns, key)) {
      const suggestion = typeof key === "string" ? nearestName(key, Object.keys(columns)) : undefined;
      return say(
        "which is not a column",
        suggestion ? `Did you mean "${suggestion}"?` : `The columns are: ${listValues(Object.keys(columns))}.`,
      );
    }
    if (!["string", "integer"].includes(schemaType(resolveSchema(columns[key] ?? {}, root))))
      return say("which is neither text nor an integer", "Choose a column of type string or integer.");
    return record.required?.includes(key) ? [] : say("which is not required", `Add "${key}" to "required": every record needs a key.`);
  });
}

function tableProblems(name: string, root: Schema): ValueProblem[] {
  const path: Path = ["properties", name];
  const problems = nameProblems(name, path);
  const tables = Object.keys(root.properties ?? {});
  const table = resolveSchema(root.properties?.[name] ?? {}, root);
  for (const keyword of Object.keys(table))
    if (!TABLE_KEYWORDS.has(keyword) && isKnownKeyword(keyword) && !keyword.startsWith("x-"))
      problems.push({
        ...problemAt(
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
      problemAt(path, `"${name}" is not a table`, 'Write {"type": "array", "items": {"type": "object", "properties": { … }}}.'),
    ];
  problems.push(...keyProblems(name, table, record, root, path));
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a recursive walk with the checks of each node
  const walk = (schema: Schema, place: string, at: Path, depth: number): void => {
    const say = (keyword: string | undefined, message: string, remedy: string): void =>
      void problems.push(problemAt(keyword === undefined ? at : [...at, keyword], message, remedy));
    const here = resolveSchema(schema, root);
    if (depth > MAX_DEPTH) {
      if (depth === MAX_DEPTH + 1) say(undefined, `${place} is nested deeper than ${MAX_DEPTH}, or refers to itself`, "Use fewer levels.");
      return;
    }
    for (const [keyword, type] of Object.entries(OWN_KEYWORD_TYPES))
      if (here[keyword] !== undefined && typeof here[keyword] !== type)
        say(keyword, `"${keyword}" of ${place} is not a ${type}`, `Write "${keyword}" as text in quotes.`);
    if (typeof here.references === "string" && !tables.includes(here.references)) {
      const suggestion = nearestName(here.references, tables);
      say(
        "references",
        `${place} references ${quote(here.references)}, which is not a table`,
        suggestion ? `Did you mean "${suggestion}"?` : `The tables are: ${listValues(tables)}.`,
      );
    }
    for (const [key, value] of Object.entries(here.properties ?? {}))
      if (isObject(value)) walk(value, `${place}.${key}`, [...at, "properties", key], depth + 1);
    if (isObject(here.items)) walk(here.items, place, [...at, "items"], depth + 1);
  };
  walk(record, name, [...path, "items"], 0);
  return problems.length > 0 ? problems : pageProblems(name, root);
}

const isText = (value: unknown): boolean => value === undefined || typeof value === "string";

/** Problems of the notes on allowed values. */
function valueNoteProblems(here: Schema, place: string, at: Path): ValueProblem[] {
  if (here.values === undefined) return [];
  if (!isObject(here.values))
    return [problemAt([...at, "values"], `"values" of ${place} is not an object`, '"values": {"signed": {"title": "Signed"}}')];
  return Object.entries(here.values).flatMap(([value, note]) => {
    const problems: ValueProblem[] = [];
    const say = (message: string, remedy: string): void => void problems.push(problemAt([...at, "values", value], message, remedy));
    const { title, description, tone, level } = isObject(note) ? (note as Record<string, unknown>) : { title: 0 };
    if (!isText(title) || !isText(description))
      say(`${place}: "title" and "description" of ${quote(value)} must be texts`, 'For example {"title": "Signed", "description": "…"}.');
    if (tone !== undefined && !TONES.some((known) => known === tone))
      say(`${place}: unknown tone ${quote(tone)} of ${quote(value)}`, `Tones are: ${TONES.join(", ")}.`);
    if (level !== undefined && ![0, 1, 2, 3, 4].includes(level as number))
      say(`${place}: invalid level ${quote(level)} of ${quote(value)}`, "A level is an integer from 0 to 4.");
    return problems;
  });
}

function isBoard(board: unknown): boolean {
  if (!isObject(board)) return false;
  const { columns = [] } = board;
  const areTexts = Array.isArray(columns) && columns.every((column) => typeof column === "string");
  return typeof board["title"] === "string" && isText(board["property"]) && isText(board["otherwise"]) && areTexts;
}

/** Problems of `values` of columns and the `board` of a table. */
function pageProblems(name: string, root: Schema): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const path: Path = ["properties", name];
  const table = resolveSchema(root.properties?.[name] ?? {}, root);
  const board = table.board as unknown;
  if (board !== undefined && !isBoard(board))
    problems.push(
      problemAt(
        [...path, "board"],
        `The board of "${name}" is invalid`,
        'Write "board": {"title": "…", "property": "…", "columns": ["…"], "otherwise": "…"}, with texts.',
      ),
    );
  const visit = (schema: Schema, place: string, at: Path, depth: number): void => {
    const here = resolveSchema(schema, root);
    problems.push(...valueNoteProblems(here, place, at));
    if (depth > MAX_DEPTH) return;
    for (const [key, inner] of Object.entries(here.properties ?? {}))
      if (isObject(inner)) visit(inner, `${place}.${key}`, [...at, "properties", key], depth + 1);
    if (isObject(here.items)) visit(here.items, place, [...at, "items"], depth + 1);
  };
  visit(table.items ?? {}, name, [...path, "items"], 0);
  return problems;
}

/** Duplicate names of columns and files. File names differing only by case collide on some disks. */
function collisions(root: Schema): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const files = new Map<string, string>();
  for (const name of Object.keys(root.properties ?? {})) {
    const say = (message: string): void => void problems.push(problemAt(["properties", name], message, "Give one of them another name."));
    const claim = (path: string, by: string): void => {
      const other = files.get(path.toLowerCase());
      if (other !== undefined) say(`${other} and ${by} would both be published as ${path}`);
      files.set(path.toLowerCase(), by);
    };
    const plan = planTable(name, root);
    claim(`${name}.csv`, `the table "${name}"`);
    for (const link of plan.links) claim(`${link.name}.csv`, `the list ${link.path.join(".")} of "${name}"`);
    for (const columns of [plan.columns, ...plan.links.map((link) => link.columns)]) {
      const seen = new Set<string>();
      for (const column of columns) {
        if (seen.has(column.name)) say(`Two columns of "${name}" would be called ${column.name}`);
        seen.add(column.name);
      }
    }
  }
  return problems;
}

const validator = new Ajv2020({ strict: false, validateFormats: false, verbose: true, logger: false });

/** Maximum parts of a schema, with references counted each time they are resolved: it is untrusted, and is compiled. */
const MAX_PARTS = 20_000;

/** Under these stand names, not words. */
const NAMES = new Set(["properties", "$defs", "patternProperties", "dependentSchemas"]);
/** Under these stand values, not schemas. */
const DATA = new Set(["examples", "default", "enum", "const", "values", "board"]);

/** What a validator could choke on, or be led astray by, in one schema. */
function refusedKeywords(schema: Schema, path: Path): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const say = (keyword: string, message: string, remedy: string): void =>
    void problems.push(problemAt([...path, keyword], message, remedy));
  for (const keyword of REFUSED_KEYWORDS)
    if (Object.hasOwn(schema, keyword)) say(keyword, `"${keyword}" is not supported`, "Describe the value where it is used.");
  for (const keyword of ["$id", "$schema"])
    if (path.length > 0 && Object.hasOwn(schema, keyword))
      say(keyword, `"${keyword}" is allowed at the top of the schema only`, "Remove it.");
  const { pattern, format } = schema;
  const wrong = typeof pattern === "string" ? patternError(pattern) : undefined;
  if (wrong)
    say(
      "pattern",
      `The pattern ${quote(pattern)} cannot be used: ${wrong}`,
      "Patterns use RE2 syntax, which has no look-around and no back references.",
    );
  if (typeof format === "string" && !KNOWN_FORMATS.includes(format)) {
    const suggestion = nearestName(format, KNOWN_FORMATS);
    say(
      "format",
      `Unknown format ${quote(format)}`,
      suggestion ? `Did you mean "${suggestion}"?` : `The formats are: ${KNOWN_FORMATS.join(", ")}.`,
    );
  }
  const ref = schema["$ref"];
  if (typeof ref === "string" && !ref.startsWith("#"))
    say("$ref", `"$ref" points outside the schema: ${quote(ref)}`, 'Refer to a definition in this file: "#/$defs/…".');
  return problems;
}

/** A reference to a missing definition. */
function danglingRef(ref: string, root: Schema, path: Path): ValueProblem[] {
  const target = pointerPath(ref).reduce<unknown>(
    (node, part) => (typeof node === "object" && node !== null && Object.hasOwn(node, part) ? (node as Schema)[part] : undefined),
    root,
  );
  // Percent-encoded references are left to the validator.
  if (target !== undefined || ref.includes("%")) return [];
  const known = Object.keys(isObject(root["$defs"]) ? root["$defs"] : {}).map((name) => `#/$defs/${name}`);
  const suggestion = nearestName(ref, known);
  const remedy = suggestion ? `Did you mean "${suggestion}"?` : `The definitions are: ${listValues(known) || "none"}.`;
  return [problemAt([...path, "$ref"], `"$ref" points to nothing: ${quote(ref)}`, remedy)];
}

/** Problems that keep a schema from being checked further: its size with references resolved, and refused keywords. */
function structureProblems(root: Schema): ValueProblem[] {
  const problems = new Map<string, ValueProblem>();
  let parts = 0;
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a recursive walk with the checks of each node
  const visit = (node: unknown, path: Path, followed: number, named: boolean): void => {
    parts += 1;
    if (parts > MAX_PARTS || node === null || typeof node !== "object") return;
    if (Array.isArray(node)) {
      for (const [i, item] of node.entries()) visit(item, [...path, i], followed, false);
      return;
    }
    const schema = node as Schema;
    if (named && path.at(-1) === "properties" && Object.hasOwn(schema, "__proto__"))
      problems.set("__proto__", {
        ...problemAt(
          [...path, "__proto__"],
          '"__proto__" is not a valid column name, because programs treat it specially',
          "Choose another name.",
        ),
        isName: true,
      });
    if (!named) {
      for (const found of refusedKeywords(schema, path)) problems.set(JSON.stringify(found), found);
      const ref = schema["$ref"];
      if (typeof ref === "string" && ref.startsWith("#")) {
        for (const found of danglingRef(ref, root, path)) problems.set(JSON.stringify(found), found);
        if (ref !== "#" && followed < MAX_DEPTH * 2) visit(resolveSchema({ $ref: ref }, root), pointerPath(ref), followed + 1, false);
        else parts = MAX_PARTS + 1;
      }
    }
    for (const [keyword, value] of Object.entries(schema))
      if (named || !DATA.has(keyword)) visit(value, [...path, keyword], followed, !named && NAMES.has(keyword));
  };
  visit(root, [], 0, false);
  if (parts <= MAX_PARTS) return [...problems.values()];
  return [
    problemAt([], `The schema has more than ${MAX_PARTS} parts with its references resolved, or refers to itself`, "Simplify the schema."),
  ];
}

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** Problems of a schema; a schema without any can be planned and compiled. */
export function checkSchema(root: unknown): ValueProblem[] {
  if (!isObject<Schema>(root)) return [problemAt([], "The schema is not an object", `Start it with {"$schema": "${DIALECT}", …}.`)];
  const problems = structureProblems(root);
  const dialect = root["$schema"];
  if (dialect !== undefined && dialect !== DIALECT && dialect !== `${DIALECT}#`)
    problems.push(
      problemAt(
        ["$schema"],
        `Unsupported dialect ${quote(dialect)}: schemas are JSON Schema 2020-12`,
        `Write "${DIALECT}", or remove "$schema".`,
      ),
    );
  if (problems.length > 0) return problems;
  for (const keyword of Object.keys(root))
    if (!ROOT_KEYWORDS.has(keyword) && isKnownKeyword(keyword) && !keyword.startsWith("x-"))
      problems.push({
        ...problemAt(
          [keyword],
          `"${keyword}" is not supported at the top of the schema, because datasets are read as streams`,
          "Move it to the records of a table, or remove it.",
        ),
        isName: true,
      });
  if (!isObject(root.properties) || Object.keys(root.properties).length === 0)
    return [...problems, problemAt([], "The schema has no tables", "Add a table under properties: an array of objects.")];
  if (validator.validateSchema(root) !== true) {
    const [first] = validator.errors as ValidationError[];
    const path = pointerPath(first?.instancePath ?? "");
    return [...problems, ...(first ? [{ path, ...describeError(first, path, {}) }] : [])];
  }
  problems.push(...Object.keys(root.properties).flatMap((name) => tableProblems(name, root)));
  return problems.length > 0 ? problems : collisions(root);
}

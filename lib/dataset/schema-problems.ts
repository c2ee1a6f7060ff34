import { Ajv2020 } from "ajv/dist/2020.js";
import { patternFault } from "./linear-pattern.ts";
import { nearMiss } from "./near-miss.ts";
import type { Problem } from "./problem.ts";
import { inFile } from "./problem.ts";
import { KNOWN_FORMATS } from "./record-validator.ts";
import { planTable, resolve, type Schema, TONES, typeOf } from "./table-plan.ts";

const ROOT_WORDS = new Set([
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
const TABLE_WORDS = new Set([
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
/** Names of files that stand in every release beside those of the tables. */
const TAKEN = new Set([
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
/** Deeper than any table that people read. */
const MAX_DEPTH = 12;
/** Words that are added to JSON Schema, which its own schema does not know. */
const OWN_WORDS = {
  references: "string",
  display: "string",
  displayFalse: "string",
  role: "string",
  title: "string",
  description: "string",
};
const NAME = /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/i;

/** Whether a table can be called so. */
export const isTableName = (name: string): boolean => NAME.test(name) && !TAKEN.has(name.toLowerCase());

const isObject = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

function tableProblems(file: string, name: string, root: Schema): Problem[] {
  const problems: Problem[] = [];
  const say = (message: string, remedy?: string): void => void problems.push(inFile(file, message, remedy));
  const tables = Object.keys(root.properties ?? {});
  if (!NAME.test(name))
    say(`"${name}" cannot name a table: it becomes a file name`, "Use letters, digits, - and _, starting with a letter.");
  if (name.toLowerCase() === "checks")
    say(`A table cannot be called "${name}": that folder holds the checks of the dataset`, "Choose another name.");
  if (TAKEN.has(name.toLowerCase()))
    say(`A table cannot be called "${name}": every release holds a file of that name`, "Choose another name.");
  const table = resolve(root.properties?.[name] ?? {}, root);
  for (const word of Object.keys(table))
    if (!TABLE_WORDS.has(word))
      say(
        `The table "${name}" uses "${word}", which cannot be kept for a table that is read as a stream`,
        "Say it of the records (under items), or remove it.",
      );
  const record = resolve(table.items ?? {}, root);
  if (typeOf(table) !== "array" || typeOf(record) !== "object" || !isObject(record.properties)) {
    say(`"${name}" is not a table`, 'A table is {"type": "array", "items": {"type": "object", "properties": { … }}}.');
    return problems;
  }
  if (!Array.isArray(table.primaryKey) || table.primaryKey.length === 0)
    say(`The table "${name}" has no primary key`, 'Add "primaryKey": ["id"] with the columns that tell its records apart.');
  for (const key of Array.isArray(table.primaryKey) ? table.primaryKey : [])
    if (!record.required?.includes(key) || !["string", "integer"].includes(typeOf(resolve(record.properties[key] ?? {}, root))))
      say(
        `The primary key of "${name}" names ${JSON.stringify(key).slice(0, 80)}`,
        "A key is a column of text or whole numbers that every record has (listed in required).",
      );
  const walk = (schema: Schema, place: string, depth: number): void => {
    const here = resolve(schema, root);
    if (depth > MAX_DEPTH) {
      if (depth === MAX_DEPTH + 1) say(`${place} is nested deeper than ${MAX_DEPTH}, or refers to itself`, "Describe it flatter.");
      return;
    }
    for (const [word, type] of Object.entries(OWN_WORDS))
      if (here[word] !== undefined && typeof here[word] !== type)
        say(`${place} has a "${word}" that is no ${type === "string" ? "text" : type}`, `Write "${word}" as a text in quotes.`);
    if (typeof here.references === "string" && !tables.includes(here.references)) {
      const meant = nearMiss(here.references, tables);
      say(
        `${place} references "${here.references}", which is no table`,
        meant ? `Did you mean "${meant}"?` : `The tables are: ${tables.join(", ")}.`,
      );
    }
    for (const [key, value] of Object.entries(here.properties ?? {})) if (isObject(value)) walk(value, `${place}.${key}`, depth + 1);
    if (isObject(here.items)) walk(here.items, place, depth + 1);
  };
  walk(record, name, 0);
  return problems.length > 0 ? problems : pageNotes(file, name, root);
}

/** What is said of the page: `values` of a column and the `board` of a table. */
function pageNotes(file: string, name: string, root: Schema): Problem[] {
  const problems: Problem[] = [];
  const say = (message: string, remedy: string): void => void problems.push(inFile(file, message, remedy));
  const isText = (value: unknown): boolean => value === undefined || typeof value === "string";
  const table = resolve(root.properties?.[name] ?? {}, root);
  const board = table.board as unknown;
  if (
    board !== undefined &&
    !(isObject(board) && typeof board["title"] === "string" && isText(board["property"]) && isText(board["otherwise"]))
  )
    say(`The board of "${name}" is not described`, '"board": {"title": "…", "property": "…", "otherwise": "…"}, all of them texts.');
  const visit = (schema: Schema, place: string, depth: number): void => {
    const here = resolve(schema, root);
    if (here.values !== undefined && !isObject(here.values))
      say(`${place} has "values" that are no object`, '"values": {"signed": {"title": "Signed"}}');
    for (const [value, note] of Object.entries(isObject(here.values) ? here.values : {})) {
      const { title, description, tone, level } = isObject(note) ? (note as Record<string, unknown>) : { title: 0 };
      if (!isText(title) || !isText(description))
        say(`${place}: what is said of "${value}" is no title and description`, 'For example {"title": "Signed", "description": "…"}.');
      if (tone !== undefined && !TONES.some((known) => known === tone))
        say(`${place}: "${value}" has the tone ${JSON.stringify(tone)}`, `Tones are: ${TONES.join(", ")}.`);
      if (level !== undefined && ![0, 1, 2, 3, 4].includes(level as number))
        say(`${place}: "${value}" has the level ${JSON.stringify(level)}`, "A level is a number from 0 to 4.");
    }
    if (depth > MAX_DEPTH) return;
    for (const [key, inner] of Object.entries(here.properties ?? {})) if (isObject(inner)) visit(inner, `${place}.${key}`, depth + 1);
    if (isObject(here.items)) visit(here.items, place, depth + 1);
  };
  visit(table.items ?? {}, name, 0);
  return problems;
}

/** Names of columns and files that come out twice. Files are told apart without regard to case, as some disks do. */
function collisions(file: string, root: Schema): Problem[] {
  const problems: Problem[] = [];
  const files = new Map<string, string>();
  const claim = (path: string, by: string): void => {
    const other = files.get(path.toLowerCase());
    if (other !== undefined)
      problems.push(inFile(file, `${other} and ${by} would both be published as ${path}`, "Give one of them another name."));
    files.set(path.toLowerCase(), by);
  };
  for (const name of Object.keys(root.properties ?? {})) {
    const plan = planTable(name, root);
    claim(`${name}.csv`, `the table "${name}"`);
    for (const link of plan.links) claim(`${link.name}.csv`, `the list ${link.path.join(".")} of "${name}"`);
    for (const columns of [plan.columns, ...plan.links.map((link) => link.columns)]) {
      const seen = new Set<string>();
      for (const column of columns) {
        if (seen.has(column.name))
          problems.push(inFile(file, `Two columns of "${name}" would be called ${column.name}`, "Give one of them another name."));
        seen.add(column.name);
      }
    }
  }
  return problems;
}

const validator = new Ajv2020({ strict: false, validateFormats: false, logger: false });

/** Words that make a validator fetch, wait or look elsewhere, or that change what a schema means from afar. */
const REFUSED_WORDS = ["$async", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$anchor", "$data"];
/** So many parts may a schema have, each reference counted as often as it is followed: it is a stranger's, and is compiled. */
const MAX_PARTS = 20_000;

/** What a validator could choke on, or be led astray by. */
function hostileWords(file: string, root: Schema): Problem[] {
  const problems = new Map<string, Problem>();
  const say = (message: string, remedy: string): void => void problems.set(message, inFile(file, message, remedy));
  let parts = 0;
  const visit = (node: unknown, path: string, followed: number, named: boolean): void => {
    parts += 1;
    if (parts > MAX_PARTS || node === null || typeof node !== "object") return;
    if (Array.isArray(node)) {
      for (const item of node) visit(item, path, followed, false);
      return;
    }
    const schema = node as Schema;
    // Under properties and $defs stand names, not words.
    if (!named) {
      for (const word of REFUSED_WORDS)
        if (Object.hasOwn(schema, word)) say(`"${word}" is not taken in a schema here (${path})`, "Describe the value in its place.");
      if (path !== "#" && typeof schema["$id"] === "string") say(`"$id" is taken at the top of the schema only (${path})`, "Remove it.");
      const { pattern, format } = schema;
      if (typeof pattern === "string") {
        const fault = patternFault(pattern);
        if (fault)
          say(
            `The pattern ${JSON.stringify(pattern).slice(0, 80)} cannot be used (${path}): ${fault}`,
            "Patterns are those of RE2: without look-around and back references.",
          );
      }
      if (typeof format === "string" && !KNOWN_FORMATS.includes(format))
        say(`The format "${format}" is not known here (${path})`, `Known are: ${KNOWN_FORMATS.join(", ")}.`);
      const ref = schema["$ref"];
      if (typeof ref === "string") {
        if (!ref.startsWith("#"))
          say(
            `"$ref" leads out of the schema: ${JSON.stringify(ref).slice(0, 80)} (${path})`,
            'Refer to a definition in this file: "#/$defs/…".',
          );
        else if (ref !== "#" && followed < MAX_DEPTH * 2) visit(resolve({ $ref: ref }, root), path, followed + 1, false);
        else parts = MAX_PARTS + 1;
      }
    }
    for (const [word, value] of Object.entries(schema))
      if (!["examples", "default", "enum", "const", "values", "board"].includes(word))
        visit(
          value,
          `${path} › ${word}`,
          followed,
          !named && ["properties", "$defs", "patternProperties", "dependentSchemas"].includes(word),
        );
  };
  visit(root, "#", 0, false);
  if (parts > MAX_PARTS)
    return [
      inFile(
        file,
        `The schema is larger than ${MAX_PARTS} parts when its references are followed, or refers to itself`,
        "Describe the records more simply.",
      ),
    ];
  return [...problems.values()];
}

/** What keeps a schema from describing a dataset; a schema without problems can be planned and compiled. */
export function schemaProblems(file: string, root: unknown): Problem[] {
  if (!isObject(root))
    return [inFile(file, "The schema is not an object", 'It starts with {"$schema": "https://json-schema.org/draft/2020-12/schema", …}.')];
  const problems: Problem[] = hostileWords(file, root);
  if (problems.length > 0) return problems;
  for (const word of Object.keys(root))
    if (!ROOT_WORDS.has(word))
      problems.push(
        inFile(
          file,
          `"${word}" at the top of the schema cannot be kept for a dataset that is read as a stream`,
          "Say it of the records of a table, or remove it.",
        ),
      );
  if (!isObject(root.properties) || Object.keys(root.properties).length === 0)
    return [...problems, inFile(file, "The schema has no tables", "Each entry of properties is a table: an array of objects.")];
  if (validator.validateSchema(root) !== true) {
    const { instancePath = "", message = "" } = validator.errors?.[0] ?? {};
    const place = instancePath.split("/").filter(Boolean).join(" › ");
    return [
      ...problems,
      inFile(
        file,
        `This is no JSON Schema: ${place ? `${place}: ` : ""}${message}`,
        "https://json-schema.org/draft/2020-12 says what may stand there.",
      ),
    ];
  }
  problems.push(...Object.keys(root.properties).flatMap((name) => tableProblems(file, name, root)));
  return problems.length > 0 ? problems : collisions(file, root);
}

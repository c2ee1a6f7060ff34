import { isObject } from "../contract/is-object.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import { pointerPath } from "../diagnostics/pointer-path.ts";
import { listValues } from "../diagnostics/rules/list-values.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { KNOWN_FORMATS } from "../schema/compile-record.ts";
import { linearPatternError } from "../schema/linear-pattern.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema } from "../schema/schema.ts";
import { REFUSED_KEYWORDS } from "./keyword-problems.ts";
import { MAX_SCHEMA_DEPTH, type SchemaPath, schemaProblem } from "./schema-problem.ts";

/** Maximum parts of a schema, which is untrusted and will be compiled. A `$ref` counts each time it is resolved. */
const MAX_PARTS = 20_000;

/** Keywords whose values map names, not keywords, to schemas. */
const NAMES = new Set(["properties", "$defs", "patternProperties", "dependentSchemas"]);
/** Keywords whose values are data, not schemas. */
const DATA = new Set(["examples", "default", "enum", "const", "values", "board"]);

/** Keywords of one schema that a validator could fail on or misinterpret. */
function refusedKeywords(schema: Schema, path: SchemaPath): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const report = (keyword: string, message: string, remedy: string): void =>
    void problems.push(schemaProblem([...path, keyword], message, remedy));
  for (const keyword of REFUSED_KEYWORDS)
    if (Object.hasOwn(schema, keyword)) report(keyword, `"${keyword}" is not supported`, "Describe the value where it is used.");
  for (const keyword of ["$id", "$schema"])
    if (path.length > 0 && Object.hasOwn(schema, keyword))
      report(keyword, `"${keyword}" is allowed at the top of the schema only`, "Remove it.");
  const { pattern, format } = schema;
  const patternError = typeof pattern === "string" ? linearPatternError(pattern) : undefined;
  if (patternError)
    report(
      "pattern",
      `The pattern ${quote(pattern)} cannot be used: ${patternError}`,
      "Patterns use RE2 syntax, which has no look-around and no back references.",
    );
  if (typeof format === "string" && !KNOWN_FORMATS.includes(format)) {
    const suggestion = nearestName(format, KNOWN_FORMATS);
    report(
      "format",
      `Unknown format ${quote(format)}`,
      suggestion ? `Did you mean "${suggestion}"?` : `The formats are: ${KNOWN_FORMATS.join(", ")}.`,
    );
  }
  const ref = schema["$ref"];
  if (typeof ref === "string" && !ref.startsWith("#"))
    report("$ref", `"$ref" points outside the schema: ${quote(ref)}`, 'Refer to a definition in this file: "#/$defs/…".');
  return problems;
}

/** A reference to a missing definition. */
function danglingRef(ref: string, root: Schema, path: SchemaPath): ValueProblem[] {
  const target = pointerPath(ref).reduce<unknown>(
    (node, part) => (typeof node === "object" && node !== null && Object.hasOwn(node, part) ? (node as Schema)[part] : undefined),
    root,
  );
  // Percent-encoded references are left to the validator.
  if (target !== undefined || ref.includes("%")) return [];
  const known = Object.keys(isObject(root["$defs"]) ? root["$defs"] : {}).map((name) => `#/$defs/${name}`);
  const suggestion = nearestName(ref, known);
  const remedy = suggestion ? `Did you mean "${suggestion}"?` : `The definitions are: ${listValues(known) || "none"}.`;
  return [schemaProblem([...path, "$ref"], `"$ref" points to nothing: ${quote(ref)}`, remedy)];
}

/** `__proto__` as the name of a column. */
const protoProblem = (path: SchemaPath): ValueProblem => ({
  ...schemaProblem(
    [...path, "__proto__"],
    '"__proto__" is not a valid column name, because programs treat it specially',
    "Choose another name.",
  ),
  isName: true,
});

/** Problems that prevent further checks of a schema: its size with references resolved, and refused keywords. */
export function structureProblems(root: Schema): ValueProblem[] {
  const problems = new Map<string, ValueProblem>();
  let parts = 0;
  const visitSchema = (schema: Schema, path: SchemaPath, followed: number): void => {
    for (const found of refusedKeywords(schema, path)) problems.set(JSON.stringify(found), found);
    const ref = schema["$ref"];
    if (typeof ref !== "string" || !ref.startsWith("#")) return;
    for (const found of danglingRef(ref, root, path)) problems.set(JSON.stringify(found), found);
    if (ref !== "#" && followed < MAX_SCHEMA_DEPTH * 2) visit(resolveSchema({ $ref: ref }, root), pointerPath(ref), followed + 1, false);
    else parts = MAX_PARTS + 1;
  };
  const visitParts = (node: object, path: SchemaPath, followed: number, named: boolean): void => {
    const isList = Array.isArray(node);
    for (const [key, value] of Object.entries(node))
      if (isList) visit(value, [...path, Number(key)], followed, false);
      else if (named || !DATA.has(key)) visit(value, [...path, key], followed, !named && NAMES.has(key));
  };
  /** `named`: the node maps names to schemas. */
  const visit = (node: unknown, path: SchemaPath, followed: number, named: boolean): void => {
    parts += 1;
    if (parts > MAX_PARTS || node === null || typeof node !== "object") return;
    if (isObject<Schema>(node)) {
      if (!named) visitSchema(node, path, followed);
      else if (path.at(-1) === "properties" && Object.hasOwn(node, "__proto__")) problems.set("__proto__", protoProblem(path));
    }
    visitParts(node, path, followed, named);
  };
  visit(root, [], 0, false);
  if (parts <= MAX_PARTS) return [...problems.values()];
  return [
    schemaProblem(
      [],
      `The schema has more than ${MAX_PARTS} parts with its references resolved, or refers to itself`,
      "Simplify the schema.",
    ),
  ];
}

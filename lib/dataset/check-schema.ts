import { Ajv2020 } from "ajv/dist/2020.js";
import { isObject } from "../contract/is-object.ts";
import { describeError } from "../diagnostics/describe-error.ts";
import type { ValidationError } from "../diagnostics/meaningful-errors.ts";
import { pointerPath } from "../diagnostics/pointer-path.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import type { Schema } from "../schema/schema.ts";
import { DIALECT, isPlainSchema } from "./is-plain-schema.ts";
import { isKnownKeyword } from "./keyword-problems.ts";
import { nameCollisions } from "./name-collisions.ts";
import { schemaProblem } from "./schema-problem.ts";
import { structureProblems } from "./structure-problems.ts";
import { tableProblems } from "./table-problems.ts";

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

let validator: Ajv2020 | undefined;

/** The first violation of the meta-schema. */
function metaSchemaProblem(root: Schema): ValueProblem | undefined {
  if (isPlainSchema(root)) return undefined;
  validator ??= new Ajv2020({ strict: false, validateFormats: false, verbose: true, logger: false });
  if (validator.validateSchema(root) === true) return undefined;
  const first = (validator.errors as ValidationError[])[0] as ValidationError;
  const path = pointerPath(first.instancePath ?? "");
  const wording = describeError(first, path, {});
  return { path, ...wording, remedy: schemaRemedy(path, first.data) ?? wording.remedy };
}

/** The JSON Schema for type names of other languages. */
const OTHER_TYPES: Record<string, string> = {
  text: '"type": "string"',
  str: '"type": "string"',
  date: '"type": "string", "format": "date"',
  datetime: '"type": "string", "format": "date-time"',
  "date-time": '"type": "string", "format": "date-time"',
  uri: '"type": "string", "format": "uri"',
  url: '"type": "string", "format": "uri"',
  year: '"type": "integer"',
  float: '"type": "number"',
  double: '"type": "number"',
  decimal: '"type": "number"',
  list: '"type": "array"',
  dict: '"type": "object"',
};

/** The remedy for a habit from another schema language. */
function schemaRemedy(path: readonly string[], found: unknown): string | undefined {
  const keyword = path.at(-1);
  const type = keyword === "type" && path.at(-2) !== "properties" && typeof found === "string" ? found.toLowerCase() : "";
  if (Object.hasOwn(OTHER_TYPES, type)) return `Write ${OTHER_TYPES[type]}.`;
  if (keyword !== "required" || typeof found !== "boolean" || path.at(-3) !== "properties") return undefined;
  return found
    ? `Remove it, and name the column beside "properties": "required": [${quote(path.at(-2))}].`
    : 'Remove it: a column is optional unless the list "required" beside "properties" names it.';
}

/** Problems of a schema; a schema without any can be planned and compiled. */
export function checkSchema(root: unknown): ValueProblem[] {
  if (!isObject<Schema>(root)) return [schemaProblem([], "The schema is not an object", `Start it with {"$schema": "${DIALECT}", …}.`)];
  const problems = structureProblems(root);
  const dialect = root["$schema"];
  if (dialect !== undefined && dialect !== DIALECT && dialect !== `${DIALECT}#`)
    problems.push(
      schemaProblem(
        ["$schema"],
        `Unsupported dialect ${quote(dialect)}: schemas are JSON Schema 2020-12`,
        `Write "${DIALECT}", or remove "$schema".`,
      ),
    );
  if (problems.length > 0) return problems;
  for (const keyword of Object.keys(root))
    if (!ROOT_KEYWORDS.has(keyword) && isKnownKeyword(keyword) && !keyword.startsWith("x-"))
      problems.push({
        ...schemaProblem(
          [keyword],
          `"${keyword}" is not supported at the top of the schema, because datasets are read as streams`,
          "Move it to the records of a table, or remove it.",
        ),
        isName: true,
      });
  if (!isObject(root.properties) || Object.keys(root.properties).length === 0)
    return [...problems, schemaProblem([], "The schema has no tables", "Add a table under properties: an array of objects.")];
  const invalid = metaSchemaProblem(root);
  if (invalid) return [...problems, invalid];
  problems.push(...Object.keys(root.properties).flatMap((name) => tableProblems(name, root)));
  return problems.length > 0 ? problems : nameCollisions(root);
}

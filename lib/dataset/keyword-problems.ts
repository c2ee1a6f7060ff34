import { isObject } from "../contract/is-object.ts";
import type { ValuePath } from "../contract/value-path.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { ONE, SCHEMA_MAPS, type SchemaObject, SEVERAL, subschemas } from "./subschemas.ts";

const OTHERS = ["$schema", "$id", "$ref", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly"].concat(
  ["writeOnly", "type", "enum", "const", "required", "dependentRequired", "format", "contentEncoding", "contentMediaType"],
  ["minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ["minItems", "maxItems", "uniqueItems", "minContains", "maxContains", "minProperties", "maxProperties"],
);
/** Keywords of JSON Schema that are refused, each with its own message. */
export const REFUSED_KEYWORDS = ["$async", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$anchor", "$data"].concat(
  ["$vocabulary"],
);
/** Keywords that Factpress adds to JSON Schema. */
export const OWN_KEYWORDS = ["primaryKey", "references", "display", "displayFalse", "role", "values", "board", "search"];
const USED = [...SCHEMA_MAPS, ...SEVERAL, ...ONE, ...OTHERS, ...OWN_KEYWORDS];
const KNOWN: ReadonlySet<string> = new Set([...USED, ...REFUSED_KEYWORDS]);
/** Current names of keywords of earlier drafts. */
const RENAMED: Record<string, string> = { definitions: "$defs", dependencies: "dependentRequired", additionalItems: "items", id: "$id" };

/** Whether a keyword is known. Those that start with `x-` are the user's own. */
export const isKnownKeyword = (keyword: string): boolean => KNOWN.has(keyword) || keyword.startsWith("x-");

function unknownKeyword(keyword: string, path: ValuePath): ValueProblem {
  const suggestion = Object.hasOwn(RENAMED, keyword) ? RENAMED[keyword] : nearestName(keyword, USED);
  return {
    path: [...path, keyword],
    isName: true,
    message: `Unknown keyword ${quote(keyword)}, which would check nothing`,
    remedy: suggestion ? `Did you mean "${suggestion}"?` : 'Remove it, or start the name of a keyword of your own with "x-".',
  };
}

/** Required names that no record can have. */
function impossibleRequired({ required, properties }: SchemaObject, path: ValuePath): ValueProblem[] {
  if (!Array.isArray(required) || !isObject(properties)) return [];
  return required.flatMap((name: unknown, i) => {
    if (typeof name !== "string" || Object.hasOwn(properties, name)) return [];
    const suggestion = nearestName(name, Object.keys(properties));
    return [
      {
        path: [...path, "required", i],
        message: `${quote(name)} is required, but is not in properties`,
        remedy: suggestion ? `Did you mean "${suggestion}"?` : "Describe it in properties, or remove it from required.",
      },
    ];
  });
}

/** Whether an object may have no other names: the default for records. */
const isClosed = (schema: SchemaObject, path: ValuePath): boolean =>
  schema["patternProperties"] === undefined &&
  (schema["additionalProperties"] ?? !(path.length === 3 && path[0] === "properties" && path[2] === "items")) === false;

/** Unknown keywords, which would silently check nothing. The schema may be any JSON value. */
export function keywordProblems(root: unknown): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const visit = (schema: unknown, path: ValuePath): void => {
    if (!isObject(schema)) return;
    for (const keyword of Object.keys(schema)) if (!isKnownKeyword(keyword)) problems.push(unknownKeyword(keyword, path));
    if (isClosed(schema, path)) problems.push(...impossibleRequired(schema, path));
    for (const inner of subschemas(schema)) visit(inner.schema, [...path, ...inner.path]);
  };
  visit(root, []);
  return problems;
}

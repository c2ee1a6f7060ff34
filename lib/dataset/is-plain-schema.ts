import { isObject } from "../contract/is-object.ts";
import { KNOWN_FORMATS } from "../schema/compile-record.ts";
import { linearPatternError } from "../schema/linear-pattern.ts";
import type { Schema } from "../schema/schema.ts";
import { OWN_KEYWORDS } from "./keyword-problems.ts";

/** The only dialect of schemas. */
export const DIALECT = "https://json-schema.org/draft/2020-12/schema";
const TYPE_NAMES = ["string", "integer", "number", "boolean", "array", "object", "null"];

/** ajv resolves identifiers and anchors inside the values of keywords that it does not know, too. */
const hasNoIdentifier = (value: unknown): boolean => !/"\$(id|anchor|dynamicAnchor)":/.test(JSON.stringify(value));
const isText = (value: unknown): boolean => typeof value === "string";
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isNumber = (value: unknown): boolean => typeof value === "number";
const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;
const isFilledList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;
const areNames = (value: unknown): boolean => Array.isArray(value) && value.every(isText) && new Set(value).size === value.length;
const isType = (value: unknown): boolean => TYPE_NAMES.includes(value as string);
const isTypeOrTypes = (value: unknown): boolean => isType(value) || (isFilledList(value) && areNames(value) && value.every(isType));
const isPattern = (value: unknown): boolean => typeof value === "string" && linearPatternError(value) === undefined;

type IsKind = (value: unknown, root: Schema) => boolean;

const isSchema: IsKind = (value, root) =>
  typeof value === "boolean" || (isObject<Schema>(value) && Object.keys(value).every((keyword) => isPlainKeyword(keyword, value, root)));
const areSchemas: IsKind = (value, root) => isFilledList(value) && value.every((inner) => isSchema(inner, root));
const areNamedSchemas: IsKind = (value, root) => isObject(value) && Object.values(value).every((inner) => isSchema(inner, root));

/** A reference to a definition whose name needs no escapes. */
const isLocalRef: IsKind = (value, root) => {
  const [, name] = /^#\/\$defs\/([\w-]+)$/.exec(typeof value === "string" ? value : "") ?? [];
  return name !== undefined && isObject(root["$defs"]) && Object.hasOwn(root["$defs"], name);
};

/** The kind of value of each well-known keyword. */
const KINDS = new Map<string, IsKind>([
  ["$schema", (value) => value === DIALECT],
  ...["$comment", "title", "description"].map((keyword) => [keyword, isText] as const),
  ...["const", "default", ...OWN_KEYWORDS].map((keyword) => [keyword, hasNoIdentifier] as const),
  ...["deprecated", "readOnly", "writeOnly", "uniqueItems"].map((keyword) => [keyword, isFlag] as const),
  ...["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"].map((keyword) => [keyword, isCount] as const),
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"].map((keyword) => [keyword, isNumber] as const),
  ...["items", "additionalProperties", "not", "if", "then", "else"].map((keyword) => [keyword, isSchema] as const),
  ...["allOf", "anyOf", "oneOf"].map((keyword) => [keyword, areSchemas] as const),
  ...["properties", "$defs"].map((keyword) => [keyword, areNamedSchemas] as const),
  ["examples", Array.isArray],
  ["enum", isFilledList],
  ["required", areNames],
  ["dependentRequired", (value) => isObject(value) && Object.values(value).every(areNames)],
  ["type", isTypeOrTypes],
  ["pattern", isPattern],
  ["format", (value) => KNOWN_FORMATS.includes(value as string)],
  ["$ref", isLocalRef],
]);

const isPlainKeyword = (keyword: string, schema: Schema, root: Schema): boolean =>
  (keyword.startsWith("x-") ? hasNoIdentifier : KINDS.get(keyword))?.(schema[keyword], root) === true;

/**
 * Whether a schema is certain to be valid and to compile: it has only well-known keywords with values of the right kind. ajv
 * decides on other schemas, but takes longer to start than the rest of the check of a small dataset.
 */
export const isPlainSchema = (root: Schema): boolean => isSchema(root, root);

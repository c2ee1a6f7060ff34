import { isObject } from "../contract/is-object.ts";
import { edtfDays } from "./edtf-days.ts";
import { isWebAddress } from "./is-web-address.ts";
import { linearPattern } from "./linear-pattern.ts";
import type { Schema } from "./schema.ts";

type Properties = Record<string, unknown>;

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  array: Array.isArray,
  object: isObject,
};

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && edtfDays(text) !== undefined,
  uri: isWebAddress,
};

/** Annotations, which do not restrict a value. */
const ANNOTATIONS = new Set(["$schema", "$id", "title", "description", "examples"]);

/** Whether a value is proven to satisfy a keyword of a schema. */
type Keyword = (value: unknown, schema: Schema) => boolean;

const onText =
  (isMet: (text: string, schema: Schema) => boolean): Keyword =>
  (value, schema) =>
    typeof value !== "string" || isMet(value, schema);
const onNumber =
  (isMet: (number: number, schema: Schema) => boolean): Keyword =>
  (value, schema) =>
    typeof value !== "number" || isMet(value, schema);
const onList =
  (isMet: (list: unknown[], schema: Schema) => boolean): Keyword =>
  (value, schema) =>
    !Array.isArray(value) || isMet(value, schema);
const onObject =
  (isMet: (object: Properties, schema: Schema) => boolean): Keyword =>
  (value, schema) =>
    !isObject<Properties>(value) || isMet(value, schema);

const isUnique = (list: readonly unknown[]): boolean =>
  list.every((item) => typeof item === "string") && new Set(list).size === list.length;

function areOthersAllowed(object: Properties, { properties = {}, additionalProperties: others }: Schema): boolean {
  const names = Object.keys(object).filter((name) => !Object.hasOwn(properties, name));
  return others === true || names.every((name) => isObject<Schema>(others) && isProvenValid(object[name], others));
}

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  type: (value, { type }) => typeof type === "string" && TYPES[type]?.(value) === true,
  enum: (value, { enum: allowed = [] }) => typeof value === "string" && allowed.includes(value),
  minLength: onText((text, schema) => [...text].length >= (schema["minLength"] as number)),
  maxLength: onText((text, schema) => [...text].length <= (schema["maxLength"] as number)),
  pattern: onText((text, schema) => linearPattern(schema["pattern"] as string).test(text)),
  format: onText((text, { format = "" }) => FORMATS[format]?.(text) === true),
  minimum: onNumber((number, schema) => number >= (schema["minimum"] as number)),
  maximum: onNumber((number, schema) => number <= (schema["maximum"] as number)),
  minItems: onList((list, schema) => list.length >= (schema["minItems"] as number)),
  uniqueItems: onList(isUnique),
  items: onList((list, { items = {} }) => list.every((item) => isProvenValid(item, items))),
  required: onObject((object, { required = [] }) => required.every((name) => Object.hasOwn(object, name))),
  properties: onObject((object, { properties = {} }) =>
    Object.entries(properties).every(([name, schema]) => !Object.hasOwn(object, name) || isProvenValid(object[name], schema)),
  ),
  additionalProperties: onObject(areOthersAllowed),
};

/**
 * Whether a value is proven valid by the keywords that our own schemas use. If not, ajv decides and reports the errors.
 * Most values are valid, and then the slow compilation by ajv is not needed.
 */
export const isProvenValid = (value: unknown, schema: Schema): boolean =>
  Object.keys(schema).every((keyword) => ANNOTATIONS.has(keyword) || KEYWORDS[keyword]?.(value, schema) === true);

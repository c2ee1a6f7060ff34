import { isWebAddress } from "../schema/is-web-address.ts";
import { linearPattern } from "../schema/linear-pattern.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema } from "../schema/schema.ts";
import { describeDate } from "./describe-date.ts";
import { findNonLatinCharacter } from "./find-non-latin-character.ts";
import type { ValidationError } from "./meaningful-errors.ts";
import { columnRules } from "./rules/column-rules.ts";
import { formatRules } from "./rules/format-rules.ts";
import type { Wording } from "./rules/rule.ts";
import { typeRules } from "./rules/type-rules.ts";
import { type DescribedColumn, valueRules } from "./rules/value-rules.ts";

/** The schema of a column, without conditional parts. */
function columnAt(path: readonly string[], root: Schema): DescribedColumn {
  let parent: Schema = {};
  let schema: Schema = resolveSchema(root, root);
  for (const name of path) {
    parent = schema;
    const next: Schema | undefined = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : schema.items;
    schema = typeof next === "object" && next !== null ? resolveSchema(next, root) : {};
  }
  const name = path.findLast((part) => !/^\d+$/.test(part)) ?? "";
  const last = path.at(-1) ?? "";
  const isEntry = /^\d+$/.test(last) && !Object.hasOwn(parent.properties ?? {}, last);
  return { name, required: parent.required?.includes(last) ?? false, schema, isEntry };
}

/** The schema of a column, with the parts that a condition adds. */
const columnIn = (name: string, error: ValidationError, path: readonly string[], root: Schema): Schema => ({
  ...columnAt([...path, name], root).schema,
  ...(error.parentSchema?.properties?.[name] ?? {}),
});

function describeMissing(error: ValidationError, path: readonly string[], root: Schema): Wording {
  const name = error.params["missingProperty"] as string;
  const column = columnIn(name, error, path, root);
  if (error.keyword === "dependentRequired") return columnRules.missingBeside(name, column, error.params["property"] as string);
  return error.reason ? columnRules.missingWhere(name, column, error.reason) : columnRules.missing(name, column);
}

function describeType(error: ValidationError, path: readonly string[], { schema }: DescribedColumn, root: Schema): Wording {
  const kinds = ([] as string[]).concat(error.params["type"] as string | string[]).filter((kind) => kind !== "null");
  const { data } = error;
  if (path.length === 0) return typeRules.record(data);
  if (kinds.some((kind) => kind === "number" || kind === "integer"))
    return typeof data === "number" ? typeRules.whole(data) : typeRules.number(kinds, data);
  if (kinds.includes("boolean")) return typeRules.yesOrNo(kinds, data);
  if (kinds.includes("array")) return typeRules.list(kinds, data, schema?.items && resolveSchema(schema.items, root));
  if (Array.isArray(data)) return typeRules.single(kinds, data);
  return kinds.includes("object")
    ? typeRules.object(kinds, data, Object.keys(schema?.properties ?? {}))
    : typeRules.text(kinds, data, schema);
}

/** Likely corrections of a text that does not match a pattern. */
const respellings = (text: string): string[] => {
  const plain = text.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  // Letters without a Latin form would be lost, giving another id.
  const hyphens = (findNonLatinCharacter(plain) === undefined ? plain : "").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return [text.toLowerCase(), text.toUpperCase(), text.replaceAll(/[\s_]+/g, "-"), hyphens.replace(/^-/, "").replace(/-$/, "")];
};

function describePatternMismatch(text: string, pattern: string, schema: Schema | undefined): Wording {
  const form = linearPattern(pattern);
  if (text !== text.trim() && form.test(text.trim())) return valueRules.edgeSpace(text);
  return valueRules.spelling(
    text,
    text.length > 200 ? undefined : respellings(text).find((suggestion) => form.test(suggestion)),
    schema,
    pattern,
  );
}

function describeAddress(text: string): Wording {
  const trimmed = text.trim();
  if (trimmed !== text && isWebAddress(trimmed)) return valueRules.edgeSpace(text);
  const spaced = trimmed.replaceAll(/\s/g, "%20");
  const host = /^(?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#].*)?)$/i.exec(trimmed)?.[1];
  const suggestion = [spaced, host === undefined ? "" : `https://${host}`].find(isWebAddress);
  return formatRules.noAddress(text, trimmed.length > 200 ? undefined : suggestion);
}

function describeFormat(text: string, form: string): Wording {
  if (form === "edtf" || form === "date") return describeDate(text, form === "date");
  return form === "uri" ? describeAddress(text) : formatRules.form(text, form);
}

function describeEnum(error: ValidationError): Wording {
  const { data, params, reason } = error;
  const allowed = params["allowedValues"] as unknown[];
  if (typeof data !== "string") return valueRules.notListed(data, allowed, reason);
  if (allowed.includes(data.trim())) return valueRules.edgeSpace(data);
  const suggestion = allowed.find((value) => typeof value === "string" && value.toLowerCase() === data.trim().toLowerCase());
  return suggestion === undefined ? valueRules.notListed(data, allowed, reason) : valueRules.letterCase(data, suggestion as string);
}

const NUMERIC = ["number", "integer"];

const BOUNDS = { minimum: "least", maximum: "most", exclusiveMinimum: "above", exclusiveMaximum: "below", multipleOf: "step" } as const;
const sizeOf = (value: unknown): number => (typeof value === "object" && value !== null ? Object.keys(value).length : 0);

function describeUnion(error: ValidationError, column: DescribedColumn): Wording {
  const branches = (error.schema as Schema[]).map((branch) => branch?.required ?? []);
  if (branches.every((names) => names.length === 1) && branches.length > 1) return columnRules.oneOfThem(branches.flat());
  return describeOther(error, column);
}

function describeOther({ parentSchema, data, reason }: ValidationError, { schema }: DescribedColumn): Wording {
  const own = parentSchema?.["$comment"] ?? schema?.["$comment"];
  return typeof own === "string" ? valueRules.said(own) : valueRules.ruledOut(data, schema, reason);
}

/** The wording for an error of ajv; `path` leads from the record to the value. */
export function describeError(error: ValidationError, path: readonly string[], root: Schema): Wording {
  const { keyword, params, data, parentSchema } = error;
  const column = columnAt(path, root);
  const limit = params["limit"] as number;
  if (data === null && path.length > 0) return columnRules.nothing(column);
  if (data === "" && (keyword !== "type" || NUMERIC.some((type) => ([] as unknown[]).concat(params["type"]).includes(type))))
    return columnRules.empty(column);
  switch (keyword) {
    case "required":
    case "dependentRequired":
      return describeMissing(error, path, root);
    case "additionalProperties":
    case "unevaluatedProperties":
      return columnRules.unknown(
        (params["additionalProperty"] ?? params["unevaluatedProperty"]) as string,
        Object.keys(parentSchema?.properties ?? {}),
        "string",
        1,
      );
    case "enum":
      return describeEnum(error);
    case "const":
      return valueRules.only(data, params["allowedValue"], column.name);
    case "type":
      return describeType(error, path, column, root);
    case "format":
      return describeFormat(data as string, params["format"] as string);
    case "pattern":
      return describePatternMismatch(data as string, params["pattern"] as string, column.schema);
    case "minLength":
      return valueRules.tooShort(data as string, limit);
    case "maxLength":
      return valueRules.tooLong([...(data as string)].length, limit);
    case "minItems":
      return columnRules.emptyList((data as unknown[]).length, limit, column.schema);
    case "minProperties":
      return columnRules.emptyObject(sizeOf(data), limit, Object.keys(column.schema?.properties ?? {}));
    case "maxItems":
    case "maxProperties":
      return columnRules.tooMany(sizeOf(data), limit);
    case "uniqueItems":
      return columnRules.twice(Number(params["j"]) + 1, Number(params["i"]) + 1);
    case "anyOf":
    case "oneOf":
      return describeUnion(error, column);
    default:
      return keyword in BOUNDS
        ? valueRules.size(data, BOUNDS[keyword as keyof typeof BOUNDS], (limit ?? params["multipleOf"]) as number)
        : describeOther(error, column);
  }
}

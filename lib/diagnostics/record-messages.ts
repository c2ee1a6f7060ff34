import { linearPattern } from "../schema/linear-pattern.ts";
import { isWebAddress } from "../schema/record-validator.ts";
import { resolve, type Schema } from "../schema/table-plan.ts";
import type { Fault } from "./ajv-union-errors.ts";
import { foreignIn } from "./characters.ts";
import { dateWords } from "./date-suggestions.ts";
import { kindRules } from "./rules/kind-rules.ts";
import { formRules } from "./rules/layout-rules.ts";
import type { Words } from "./rules/rule.ts";
import { type Column, columnRules, valueRules } from "./rules/value-rules.ts";

/** The schema of a column, and of the object it stands in; what only holds under conditions is left out. */
function columnAt(path: readonly string[], root: Schema): Column {
  let parent: Schema = {};
  let schema: Schema = resolve(root, root);
  for (const name of path) {
    parent = schema;
    const next: Schema | undefined = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : schema.items;
    schema = typeof next === "object" && next !== null ? resolve(next, root) : {};
  }
  const name = path.findLast((part) => !/^\d+$/.test(part)) ?? "";
  return { name, required: parent.required?.includes(path.at(-1) ?? "") ?? /^\d+$/.test(path.at(-1) ?? ""), schema };
}

/** A column as far as it is known here: what is said of it always, and what is asked for under a condition. */
const columnIn = (name: string, fault: Fault, path: readonly string[], root: Schema): Schema => ({
  ...columnAt([...path, name], root).schema,
  ...(fault.parentSchema?.properties?.[name] ?? {}),
});

function missingWords(fault: Fault, path: readonly string[], root: Schema): Words {
  const name = fault.params["missingProperty"] as string;
  const column = columnIn(name, fault, path, root);
  if (fault.keyword === "dependentRequired") return columnRules.missingBeside(name, column, fault.params["property"] as string);
  return fault.reason ? columnRules.missingWhere(name, column, fault.reason) : columnRules.missing(name, column);
}

function kindWords(fault: Fault, path: readonly string[], { schema }: Column, root: Schema): Words {
  const kinds = ([] as string[]).concat(fault.params["type"] as string | string[]).filter((kind) => kind !== "null");
  const { data } = fault;
  if (path.length === 0) return kindRules.record(data);
  if (kinds.some((kind) => kind === "number" || kind === "integer"))
    return typeof data === "number" ? kindRules.whole(data) : kindRules.number(kinds, data);
  if (kinds.includes("boolean")) return kindRules.yesOrNo(kinds, data);
  if (kinds.includes("array")) return kindRules.list(kinds, data, schema?.items && resolve(schema.items, root));
  if (Array.isArray(data)) return kindRules.single(kinds, data);
  return kinds.includes("object")
    ? kindRules.object(kinds, data, Object.keys(schema?.properties ?? {}))
    : kindRules.text(kinds, data, schema);
}

/** A text written as people mean it, in the ways in which they mostly miss a form. */
const respellings = (text: string): string[] => {
  const plain = text.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  // Letters that have no plain ones would be lost, and another id be made of it.
  const hyphens = (foreignIn(plain) === undefined ? plain : "").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return [text.toLowerCase(), text.toUpperCase(), text.replaceAll(/[\s_]+/g, "-"), hyphens.replace(/^-/, "").replace(/-$/, "")];
};

function patternWords(text: string, pattern: string, schema: Schema | undefined): Words {
  const form = linearPattern(pattern);
  if (text !== text.trim() && form.test(text.trim())) return valueRules.edgeSpace(text);
  return valueRules.spelling(text, text.length > 200 ? undefined : respellings(text).find((meant) => form.test(meant)), schema, pattern);
}

function addressWords(text: string): Words {
  const trimmed = text.trim();
  if (trimmed !== text && isWebAddress(trimmed)) return valueRules.edgeSpace(text);
  const spaced = trimmed.replaceAll(/\s/g, "%20");
  const host = /^(?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#].*)?)$/i.exec(trimmed)?.[1];
  const meant = [spaced, host === undefined ? "" : `https://${host}`].find(isWebAddress);
  return formRules.noAddress(text, trimmed.length > 200 ? undefined : meant);
}

function formWords(text: string, form: string): Words {
  if (form === "edtf" || form === "date") return dateWords(text, form === "date");
  return form === "uri" ? addressWords(text) : formRules.form(text, form);
}

function listedWords(fault: Fault): Words {
  const { data, params, reason } = fault;
  const allowed = params["allowedValues"] as unknown[];
  if (typeof data !== "string") return valueRules.notListed(data, allowed, reason);
  if (allowed.includes(data.trim())) return valueRules.edgeSpace(data);
  const meant = allowed.find((value) => typeof value === "string" && value.toLowerCase() === data.trim().toLowerCase());
  return meant === undefined ? valueRules.notListed(data, allowed, reason) : valueRules.letterCase(data, meant as string);
}

const BOUNDS = { minimum: "least", maximum: "most", exclusiveMinimum: "above", exclusiveMaximum: "below", multipleOf: "step" } as const;
const sizeOf = (value: unknown): number => (typeof value === "object" && value !== null ? Object.keys(value).length : 0);

function unionWords(fault: Fault, column: Column): Words {
  const branches = (fault.schema as Schema[]).map((branch) => branch?.required ?? []);
  if (branches.every((names) => names.length === 1) && branches.length > 1) return columnRules.oneOfThem(branches.flat());
  return otherWords(fault, column);
}

function otherWords({ parentSchema, data, reason }: Fault, { schema }: Column): Words {
  const own = parentSchema?.["$comment"] ?? schema?.["$comment"];
  return typeof own === "string" ? valueRules.said(own) : valueRules.ruledOut(data, schema, reason);
}

/** What is said of an error of ajv; `path` leads from the record to the value. */
export function wordsOf(fault: Fault, path: readonly string[], root: Schema): Words {
  const { keyword, params, data, parentSchema } = fault;
  const column = columnAt(path, root);
  const limit = params["limit"] as number;
  if (data === null && path.length > 0) return columnRules.nothing(column);
  if (data === "" && keyword !== "type") return columnRules.empty(column);
  switch (keyword) {
    case "required":
    case "dependentRequired":
      return missingWords(fault, path, root);
    case "additionalProperties":
    case "unevaluatedProperties":
      return columnRules.unknown(
        (params["additionalProperty"] ?? params["unevaluatedProperty"]) as string,
        Object.keys(parentSchema?.properties ?? {}),
        "string",
        1,
      );
    case "enum":
      return listedWords(fault);
    case "const":
      return valueRules.only(data, params["allowedValue"], column.name);
    case "type":
      return kindWords(fault, path, column, root);
    case "format":
      return formWords(data as string, params["format"] as string);
    case "pattern":
      return patternWords(data as string, params["pattern"] as string, column.schema);
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
      return unionWords(fault, column);
    default:
      return keyword in BOUNDS
        ? valueRules.size(data, BOUNDS[keyword as keyof typeof BOUNDS], (limit ?? params["multipleOf"]) as number)
        : otherWords(fault, column);
  }
}

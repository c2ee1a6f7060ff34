import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { edtfDays } from "./edtf.ts";
import { linearPattern } from "./linear-pattern.ts";
import { nearMiss } from "./near-miss.ts";
import type { Schema } from "./table-plan.ts";

/** What is wrong in a record, and where: property names and list indexes from the record down. */
export interface RecordFault {
  path: (string | number)[];
  /** The name of a property is at fault, not its value. */
  atName?: boolean;
  message: string;
  remedy?: string;
}

const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);

/** Formats of ajv-formats that are taken as they are; `edtf`, `date` and `uri` are our own. */
const PLAIN_FORMATS = ["date-time", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"] as const;
export const KNOWN_FORMATS: readonly string[] = [...PLAIN_FORMATS, "edtf", "date", "uri"];

/** The same text for the same value, whatever the order of names. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** In one pass: ajv's own compares each item with each. */
function uniqueItems(list: unknown[]): boolean {
  const seen = new Map<string, number>();
  for (const [i, item] of list.entries()) {
    const text = canonical(item);
    const j = seen.get(text);
    if (j !== undefined) {
      (uniqueItems as { errors?: object[] }).errors = [{ keyword: "uniqueItems", message: "", params: { i, j } }];
      return false;
    }
    seen.set(text, i);
  }
  return true;
}

const FORMATS: Record<string, string> = {
  edtf: "a date: 2020, 2020-12, 2020-12-22, or two of them with a / between, as they stand in the calendar",
  date: "a day of the calendar, such as 2020-12-22",
  uri: "a web address that starts with http:// or https://",
  "date-time": "a time such as 2020-12-22T14:00:00Z",
};

/** Validators by the text of their schema: a run meets the same one in many commits, and compiling is dear. */
const compiled = new Map<string, ValidateFunction>();
const KEPT = 100;

/** Compiles the validator of one record. Throws where ajv refuses the schema. */
export function compileRecord(record: Schema): ValidateFunction {
  const text = JSON.stringify(record);
  const known = compiled.get(text);
  if (known) return known;
  if (compiled.size >= KEPT) compiled.clear();
  const validate = compile(record);
  compiled.set(text, validate);
  return validate;
}

function compile(record: Schema): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    verbose: true,
    ownProperties: true,
    validateFormats: true,
    logger: false,
    addUsedSchema: false,
    code: { regExp: Object.assign(linearPattern as unknown as (pattern: string) => RegExp, { code: "linearPattern" }) as never },
  });
  (addFormats as unknown as (ajv: Ajv2020, names: readonly string[]) => void)(ajv, [...PLAIN_FORMATS]);
  ajv.addFormat("edtf", { type: "string", validate: (text: string) => edtfDays(text) !== undefined });
  ajv.addFormat("date", { type: "string", validate: (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && edtfDays(text) !== undefined });
  ajv.addFormat("uri", { type: "string", validate: isWebAddress });
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    errors: true,
    compile: (on: boolean) => (on ? uniqueItems : () => true),
  });
  for (const word of ["references", "primaryKey", "display", "role"]) ajv.addKeyword(word);
  return ajv.compile(record);
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};

const KINDS: Record<string, string> = {
  string: "text in quotes",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "an object { … }",
  array: "a list [ … ]",
  null: "null",
};
const kindOf = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "a list"
      : typeof value === "object"
        ? "an object"
        : typeof value === "string"
          ? "text"
          : typeof value;
const any = (values: unknown[]): string => values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(", ");

const pathOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

function wording(error: ErrorObject): { message: string; remedy?: string; atName?: boolean; tail?: string } | undefined {
  const { keyword, params, data, parentSchema } = error as ErrorObject & { parentSchema?: Schema };
  const example = Array.isArray(parentSchema?.["examples"])
    ? `For example ${shown((parentSchema["examples"] as unknown[])[0])}.`
    : undefined;
  switch (keyword) {
    case "required":
      return { message: `"${params["missingProperty"]}" is missing`, remedy: `Add "${params["missingProperty"]}".` };
    case "dependentRequired":
      return {
        message: `"${params["missingProperty"]}" is missing: it belongs to "${params["property"]}"`,
        remedy: `Add "${params["missingProperty"]}", or remove "${params["property"]}".`,
      };
    case "additionalProperties":
    case "unevaluatedProperties": {
      const name = (params["additionalProperty"] ?? params["unevaluatedProperty"]) as string;
      const allowed = Object.keys(parentSchema?.properties ?? {});
      const meant = nearMiss(name, allowed);
      return {
        message: `"${name}" is not one of: ${allowed.join(", ")}`,
        remedy: meant ? `Did you mean "${meant}"?` : "Remove it.",
        atName: true,
        tail: name,
      };
    }
    case "enum": {
      const allowed = params["allowedValues"] as unknown[];
      const meant = typeof data === "string" ? nearMiss(data, allowed.filter((value) => typeof value === "string") as string[]) : undefined;
      return { message: `${shown(data)} is not one of: ${any(allowed)}`, ...(meant ? { remedy: `Did you mean "${meant}"?` } : {}) };
    }
    case "const":
      return { message: `${shown(data)} is not allowed here: only ${shown(params["allowedValue"])} is` };
    case "type": {
      const wanted = ([] as string[]).concat(params["type"] as string | string[]);
      return {
        message: `must be ${wanted.map((type) => KINDS[type] ?? type).join(" or ")}, but it is ${kindOf(data)}: ${shown(data)}`,
        ...(example ? { remedy: example } : {}),
      };
    }
    case "format":
      return { message: `${shown(data)} is not ${FORMATS[params["format"] as string] ?? `a valid ${params["format"]}`}` };
    case "pattern":
      return {
        message: `${shown(data)} is not written in the form that is asked for here`,
        remedy: example ?? `The form is ${params["pattern"]}`,
      };
    case "minLength":
      return {
        message: data === "" ? "must not be empty" : `${shown(data)} is too short: at least ${params["limit"]} characters`,
        ...(data === "" ? { remedy: "Write a value, or leave it out." } : {}),
      };
    case "maxLength":
      return { message: `is too long: ${String(data).length} characters, at most ${params["limit"]}` };
    case "minimum":
    case "exclusiveMinimum":
    case "maximum":
    case "exclusiveMaximum":
      return { message: `${shown(data)} must be ${params["comparison"]} ${params["limit"]}` };
    case "multipleOf":
      return { message: `${shown(data)} is not a multiple of ${params["multipleOf"]}` };
    case "minItems":
    case "minProperties":
      return {
        message: `is too short: at least ${params["limit"]} ${keyword === "minItems" ? "in the list" : "inside the { }"}`,
        remedy: "Add what is missing, or leave the whole out.",
      };
    case "maxItems":
    case "maxProperties":
      return { message: `holds too much: at most ${params["limit"]} ${keyword === "maxItems" ? "in the list" : "inside the { }"}` };
    case "uniqueItems":
      return {
        message: `items ${Number(params["j"]) + 1} and ${Number(params["i"]) + 1} of the list are the same`,
        remedy: "Remove one of them.",
      };
    case "if":
      return undefined;
    default:
      return {
        message: parentSchema?.["$comment"] ? String(parentSchema["$comment"]) : `${shown(data)} is not allowed here`,
        ...(example ? { remedy: example } : {}),
      };
  }
}

/** The faults behind ajv's errors, one a place: what follows from another error is left out. */
export function faultsOf(errors: readonly ErrorObject[]): RecordFault[] {
  const seen = new Set<string>();
  return errors.flatMap((error) => {
    const words = wording(error);
    if (!words) return [];
    const path = [...pathOf(error.instancePath), ...(words.tail === undefined ? [] : [words.tail])];
    const key = `${path.join("/")} ${words.message}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ path, message: words.message, ...(words.remedy ? { remedy: words.remedy } : {}), ...(words.atName ? { atName: true } : {}) }];
  });
}

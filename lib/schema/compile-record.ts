import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { isObject } from "../contract/is-object.ts";
import { edtfDays } from "./edtf-days.ts";
import { isWebAddress } from "./is-web-address.ts";
import { linearPattern } from "./linear-pattern.ts";
import { memoizeByText } from "./memoize-by-text.ts";
import type { Schema } from "./schema.ts";

/** Our own formats: whether a text has one. */
export const OWN_FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  edtf: (text) => edtfDays(text) !== undefined,
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && edtfDays(text) !== undefined,
  uri: isWebAddress,
};
/** Formats of ajv-formats. */
const PLAIN_FORMATS = ["date-time", "time", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"] as const;
export const KNOWN_FORMATS: readonly string[] = [...PLAIN_FORMATS, ...Object.keys(OWN_FORMATS)];

/** The same text for the same value, regardless of the order of names. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );

/** Linear time, unlike ajv's own check, which compares all pairs. */
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

/** A number as an integer and a power of ten. */
function decimalOf(value: number): { digits: bigint; power: number } {
  const [, whole = "0", fraction = "", exponent = "0"] = /^(-?\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(String(value)) ?? [];
  return { digits: BigInt(`${whole}${fraction}`), power: Number(exponent) - fraction.length };
}

/** Whether a number is a multiple of a step, in decimal: with doubles, 19.99 is not a multiple of 0.01. */
function isMultiple(value: number, step: number): boolean {
  const [a, b] = [decimalOf(value), decimalOf(step)];
  const power = Math.min(a.power, b.power);
  const scaled = ({ digits, power: own }: typeof a): bigint => digits * 10n ** BigInt(own - power);
  return scaled(a) % scaled(b) === 0n;
}

const validatorOf = memoizeByText((text) => compile(JSON.parse(text) as Schema));

/** Compiles the validator of a record. Throws if ajv refuses the schema. */
export const compileRecord = (record: Schema): ValidateFunction => validatorOf(JSON.stringify(record));

/** Compiles on the first call: most records are proved valid without ajv. */
export function compileLazily(record: Schema): () => ValidateFunction {
  let validate: ValidateFunction | undefined;
  return () => {
    validate ??= compileRecord(record);
    return validate;
  };
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
    validateSchema: false,
    // Optimizing takes a third of the compile time, and the validator runs no faster.
    code: {
      optimize: false,
      regExp: Object.assign(linearPattern as unknown as (pattern: string) => RegExp, { code: "linearPattern" }) as never,
    },
  });
  (addFormats as unknown as (ajv: Ajv2020, names: readonly string[]) => void)(ajv, [...PLAIN_FORMATS]);
  for (const [name, validate] of Object.entries(OWN_FORMATS)) ajv.addFormat(name, { type: "string", validate });
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    errors: true,
    compile: (on: boolean) => (on ? uniqueItems : () => true),
  });
  ajv.removeKeyword("multipleOf");
  ajv.addKeyword({
    keyword: "multipleOf",
    type: "number",
    schemaType: "number",
    errors: true,
    compile: (step: number) => {
      const check = (value: number): boolean => {
        const holds = isMultiple(value, step);
        if (!holds) (check as { errors?: object[] }).errors = [{ keyword: "multipleOf", message: "", params: { multipleOf: step } }];
        return holds;
      };
      return check;
    },
  });
  for (const keyword of ["references", "primaryKey", "display", "role"]) ajv.addKeyword(keyword);
  return ajv.compile(record);
}

import type { ValidateFunction } from "ajv/dist/2020.js";
import { isObject } from "../contract/is-object.ts";
import type { Schema } from "../schema/schema.ts";
import { type ColumnMismatch, mismatchWording } from "./column-mismatch.ts";
import { describeError } from "./describe-error.ts";
import { meaningfulErrors, type ValidationError } from "./meaningful-errors.ts";
import { nearestName } from "./nearest-name.ts";
import { pointerPath } from "./pointer-path.ts";
import type { Wording } from "./rules/rule.ts";
import type { JsonType } from "./rules/value-rules.ts";

/** A problem in a value. Its path is the names and list indexes that lead to it. */
export interface ValueProblem extends Wording {
  path: (string | number)[];
  /** The name is wrong, not its value. */
  isName?: boolean;
  /** The name that is missing in the object at the path. */
  missing?: string;
  mismatch?: ColumnMismatch;
}

const missingIn = ({ keyword, params }: ValidationError): string | undefined =>
  keyword === "required" || keyword === "dependentRequired" ? (params["missingProperty"] as string) : undefined;
const unknownIn = ({ params }: ValidationError): string | undefined =>
  (params["additionalProperty"] ?? params["unevaluatedProperty"]) as string | undefined;

/** Of several errors at one path, only the first in this order is reported: the others are usually consequences. */
const PRECEDENCE = ["type", "required", "const", "enum", "minLength", "maxLength", "pattern", "format"];
const precedence = ({ keyword, reason }: ValidationError): number => {
  const at = PRECEDENCE.indexOf(keyword);
  // Unconditional requirements come first; of two enums, the conditional one.
  return (at < 0 ? PRECEDENCE.length : at) * 2 + ((reason === undefined) === (keyword === "required") ? 0 : 1);
};

/** One error for each path. */
function firstAtEachPath(errors: readonly ValidationError[]): ValidationError[] {
  const best = new Map<string, ValidationError>();
  for (const error of errors) {
    const name = missingIn(error) ?? unknownIn(error);
    const location = `${error.instancePath}${name === undefined ? "" : `/${name}`}`;
    const before = best.get(location);
    if (!before || precedence(error) < precedence(before)) best.set(location, error);
  }
  const kept = new Set(best.values());
  return errors.filter((error) => kept.has(error));
}

/** Maximum unknown names to search for a misspelt column. */
const MAX_UNKNOWN_NAMES = 20;

/** Drops missing columns that are only misspelt. */
function withoutRenamed(errors: readonly ValidationError[]): ValidationError[] {
  const unknown = new Map<string, string[]>();
  for (const error of errors) {
    const name = unknownIn(error);
    if (name === undefined) continue;
    const names = unknown.get(error.instancePath);
    if (names) names.push(name);
    else unknown.set(error.instancePath, [name]);
  }
  return errors.filter((error) => {
    const missing = missingIn(error);
    const names = unknown.get(error.instancePath) ?? [];
    return missing === undefined || names.length > MAX_UNKNOWN_NAMES || !names.some((name) => nearestName(name, [missing]) !== undefined);
  });
}

/** Keywords about one name of an object, or its type; others are about the whole object. */
const KEYWORDS_OF_ONE_NAME = ["required", "dependentRequired", "additionalProperties", "unevaluatedProperties", "type", "enum", "const"];

/** Drops errors about a whole object whose names or values have errors. */
function withoutConsequences(errors: readonly ValidationError[]): ValidationError[] {
  const reported = new Set(
    errors.map((error) => (unknownIn(error) === undefined ? error.instancePath.replace(/\/[^/]*$/, "") : error.instancePath)),
  );
  const lacking = new Set(errors.flatMap((error) => (missingIn(error) === undefined ? [] : [error.instancePath])));
  return errors.filter(({ keyword, instancePath, reason }) => {
    if (keyword === "minProperties" && lacking.has(instancePath)) return false;
    return (
      instancePath === "" || !reported.has(instancePath) || (KEYWORDS_OF_ONE_NAME.includes(keyword) && !(keyword === "required" && reason))
    );
  });
}

/** With at least this many missing and unknown columns, a record belongs to another table. */
const OTHER_TABLE_MISSING = 3;
const OTHER_TABLE_UNKNOWN = 2;
/** Maximum missing columns that are reported one by one. */
const MAX_MISSING_LISTED = 3;

/** Maximum problems reported for one record; the next check reports the others. */
export const MAX_VALUE_PROBLEMS = 100;

export const moreValueProblems = (more: number): ValueProblem[] =>
  more > 0
    ? [
        {
          path: [],
          message: more === 1 ? "1 more problem here" : `${more} more problems here`,
          remedy: "Correct the others first.",
        },
      ]
    : [];

/** Whether the only column of a record is an object with the missing columns. */
function isWrapped(record: unknown, name: string, missing: readonly string[]): boolean {
  const value = (record as Record<string, unknown>)[name];
  return isObject(value) && missing.every((column) => Object.hasOwn(value, column));
}

const mismatchProblem = (mismatch: ColumnMismatch): ValueProblem => ({ path: [], ...mismatchWording(mismatch, 1), mismatch });

function jsonType(value: unknown): JsonType {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "boolean") return "boolean";
  return isObject(value) ? "object" : "string";
}

function valueProblem(error: ValidationError, schema: Schema): ValueProblem {
  const [missing, unknown] = [missingIn(error), unknownIn(error)];
  const at = pointerPath(error.instancePath);
  const wording = describeError(error, at, schema);
  if (unknown !== undefined) {
    const known = Object.keys(error.parentSchema?.properties ?? {});
    const type = jsonType((error.data as Record<string, unknown>)[unknown]);
    return { path: [...at, unknown], ...wording, isName: true, mismatch: { kind: "unknown", name: unknown, known, type } };
  }
  if (missing !== undefined) return { path: at, ...wording, missing, mismatch: { kind: "missing", name: missing, wording } };
  return { path: at, ...wording };
}

/** Turns ajv's errors into problems: one per path, up to a maximum, without consequences of other errors. */
export function valueProblems(validate: ValidateFunction): ValueProblem[] {
  const errors = withoutConsequences(withoutRenamed(firstAtEachPath(meaningfulErrors(validate))));
  const record = errors.filter(({ instancePath }) => instancePath === "");
  const missing = record.flatMap((error) => missingIn(error) ?? []);
  const unknown = record.flatMap((error) => unknownIn(error) ?? []);
  const [only] = unknown;
  if (unknown.length === 1 && missing.length > 1 && isWrapped(record[0]?.data, only as string, missing))
    return [{ ...mismatchProblem({ kind: "wrapped", name: only as string }), path: [only as string], isName: true }];
  if (missing.length >= OTHER_TABLE_MISSING && unknown.length >= OTHER_TABLE_UNKNOWN)
    return [mismatchProblem({ kind: "otherTable", missing, unknown })];
  const several = missing.length > MAX_MISSING_LISTED ? [mismatchProblem({ kind: "missingSeveral", names: missing })] : [];
  const others = several.length > 0 ? errors.filter((error) => error.instancePath !== "" || missingIn(error) === undefined) : errors;
  const problems = others.slice(0, MAX_VALUE_PROBLEMS).map((error) => valueProblem(error, validate.schema as Schema));
  return [...several, ...problems, ...moreValueProblems(others.length - problems.length)];
}

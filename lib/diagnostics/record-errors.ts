import type { ValidateFunction } from "ajv/dist/2020.js";
import type { Schema } from "../schema/table-plan.ts";
import { clean, type Fault } from "./ajv-union-errors.ts";
import { type ColumnMismatch, mismatchWords } from "./column-mismatch.ts";
import { nearMiss } from "./did-you-mean.ts";
import { wordsOf } from "./record-messages.ts";
import type { Words } from "./rules/rule.ts";
import type { JsonType } from "./rules/value-rules.ts";

/** What is wrong in a record, and where: names and list indexes from the record down. */
export interface RecordFault extends Words {
  path: (string | number)[];
  /** A name is at fault, not its value. */
  atName?: boolean;
  /** The name that is missing in the object at the path. */
  missing?: string;
  mismatch?: ColumnMismatch;
}

/** The names of a JSON pointer, or of a reference in its own file. */
export const pathOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

const missingIn = ({ keyword, params }: Fault): string | undefined =>
  keyword === "required" || keyword === "dependentRequired" ? (params["missingProperty"] as string) : undefined;
const unknownIn = ({ params }: Fault): string | undefined =>
  (params["additionalProperty"] ?? params["unevaluatedProperty"]) as string | undefined;

/** Of several errors at one place the first of these is said: the others follow from it. */
const FIRST = ["type", "required", "const", "enum", "minLength", "maxLength", "pattern", "format"];
const order = ({ keyword, reason }: Fault): number => {
  const at = FIRST.indexOf(keyword);
  // What is asked for always comes before what depends on something; of two lists of words the narrower one comes first.
  return (at < 0 ? FIRST.length : at) * 2 + ((reason === undefined) === (keyword === "required") ? 0 : 1);
};

/** One error a place. */
function firstAtEachPlace(errors: readonly Fault[]): Fault[] {
  const best = new Map<string, Fault>();
  for (const error of errors) {
    const name = missingIn(error) ?? unknownIn(error);
    const place = `${error.instancePath}${name === undefined ? "" : `/${name}`}`;
    const before = best.get(place);
    if (!before || order(error) < order(before)) best.set(place, error);
  }
  const kept = new Set(best.values());
  return errors.filter((error) => kept.has(error));
}

/** Nobody misspells so many names in one object. */
const LOOKED_THROUGH = 20;

/** A misspelt column is no missing one as well. */
function withoutRenamed(errors: readonly Fault[]): Fault[] {
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
    return missing === undefined || names.length > LOOKED_THROUGH || !names.some((name) => nearMiss(name, [missing]) !== undefined);
  });
}

/** What is said of one name in an object, or of its kind; all else is said of the object as a whole. */
const OF_ONE_NAME = ["required", "dependentRequired", "additionalProperties", "unevaluatedProperties", "type", "enum", "const"];

/** What an object in a record is as a whole, and what it lacks under a condition, is told by names and values that are good. */
function withoutFollowing(errors: readonly Fault[]): Fault[] {
  const faulty = new Set(
    errors.map((error) => (unknownIn(error) === undefined ? error.instancePath.replace(/\/[^/]*$/, "") : error.instancePath)),
  );
  const lacking = new Set(errors.flatMap((error) => (missingIn(error) === undefined ? [] : [error.instancePath])));
  return errors.filter(({ keyword, instancePath, reason }) => {
    if (keyword === "minProperties" && lacking.has(instancePath)) return false;
    return instancePath === "" || !faulty.has(instancePath) || (OF_ONE_NAME.includes(keyword) && !(keyword === "required" && reason));
  });
}

/** So many columns too few and too many make a record of another table. */
const TOO_FEW = 3;
const TOO_MANY = 2;
/** So many missing columns are said one by one. */
const FEW = 3;

/** So many faults of one record are told: who mends these finds the others by the next check. */
export const MAX_FAULTS = 100;

export const moreFaults = (more: number): RecordFault[] =>
  more > 0
    ? [
        {
          path: [],
          message: `There ${more === 1 ? "is 1 more problem" : `are ${more} more problems`} in here`,
          remedy: "Mend the others first.",
        },
      ]
    : [];

/** Whether the only column of a record is an object that holds the columns which the record lacks. */
function isWrapped(record: unknown, name: string, missing: readonly string[]): boolean {
  const value = (record as Record<string, unknown>)[name];
  return typeof value === "object" && value !== null && missing.every((column) => Object.hasOwn(value, column));
}

const mismatchFault = (mismatch: ColumnMismatch): RecordFault => ({ path: [], ...mismatchWords(mismatch, 1), mismatch });

function jsonType(value: unknown): JsonType {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "boolean") return "boolean";
  return typeof value === "object" && value !== null ? "object" : "string";
}

function faultOf(error: Fault, schema: Schema): RecordFault {
  const [lost, odd] = [missingIn(error), unknownIn(error)];
  const at = pathOf(error.instancePath);
  const words = wordsOf(error, at, schema);
  if (odd !== undefined) {
    const known = Object.keys(error.parentSchema?.properties ?? {});
    const type = jsonType((error.data as Record<string, unknown>)[odd]);
    return { path: [...at, odd], ...words, atName: true, mismatch: { kind: "unknown", name: odd, known, type } };
  }
  if (lost !== undefined) return { path: at, ...words, missing: lost, mismatch: { kind: "missing", name: lost, words } };
  return { path: at, ...words };
}

/** The faults behind ajv's errors, one a place, up to a bound: what follows from another error is left out. */
export function faultsOf(validate: ValidateFunction): RecordFault[] {
  const errors = withoutFollowing(withoutRenamed(firstAtEachPlace(clean(validate))));
  const record = errors.filter(({ instancePath }) => instancePath === "");
  const missing = record.flatMap((error) => missingIn(error) ?? []);
  const unknown = record.flatMap((error) => unknownIn(error) ?? []);
  const [only] = unknown;
  if (unknown.length === 1 && missing.length > 1 && isWrapped(record[0]?.data, only as string, missing))
    return [{ ...mismatchFault({ kind: "wrapped", name: only as string }), path: [only as string], atName: true }];
  if (missing.length >= TOO_FEW && unknown.length >= TOO_MANY) return [mismatchFault({ kind: "otherTable", missing, unknown })];
  const several = missing.length > FEW ? [mismatchFault({ kind: "missingSeveral", names: missing })] : [];
  const others = several.length > 0 ? errors.filter((error) => error.instancePath !== "" || missingIn(error) === undefined) : errors;
  const faults = others.slice(0, MAX_FAULTS).map((error) => faultOf(error, validate.schema as Schema));
  return [...several, ...faults, ...moreFaults(others.length - faults.length)];
}

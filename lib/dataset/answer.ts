import type { ValidateFunction } from "ajv/dist/2020.js";
import { type ValueProblem, valueProblems } from "../diagnostics/value-problems.ts";
import { parseJson } from "../json/parse-json.ts";
import { resolve, type Schema, typeOf } from "../schema/table-plan.ts";

export type Path = (string | number)[];
export type Draft = Record<string, unknown>;

const pointer = (path: Path): string => path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** A copy of a record with a value set at a path. */
export function withValue(record: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  const copy = (Array.isArray(record) ? [...record] : { ...(record as object | undefined) }) as Record<string | number, unknown>;
  copy[first] = withValue(copy[first] ?? (typeof rest[0] === "number" ? [] : undefined), rest, value);
  if (copy[first] === undefined) delete copy[first];
  return copy;
}

/** Problems at or below a path of an incomplete record. */
export function problemsAt(validate: ValidateFunction, record: Draft, path: Path): ValueProblem[] {
  if (validate(record) === true) return [];
  return valueProblems(validate).filter((problem) => path.every((part, i) => String(problem.path[i]) === String(part)));
}

/** Names that are missing in an object of an incomplete record; some depend on its other values. */
export function missingAt(validate: ValidateFunction, record: Draft, path: Path): Set<string> {
  const at = pointer(path);
  return validate(record) === true
    ? new Set()
    : new Set(
        (validate.errors ?? []).flatMap(({ instancePath, params }) =>
          instancePath === at && typeof params["missingProperty"] === "string" ? [params["missingProperty"]] : [],
        ),
      );
}

const YES = /^(?:y|yes|true)$/i;
const NO = /^(?:n|no|false)$/i;
export const isYes = (text: string): boolean => YES.test(text);

/** The value that an answer means; if it has the wrong type, the text, which the validator then reports. */
export function valueOfAnswer(schema: Schema, text: string): unknown {
  const listed = (schema.const === undefined ? schema.enum : [schema.const])?.find((value) => String(value) === text);
  if (listed !== undefined) return listed;
  switch (typeOf(schema)) {
    case "boolean":
      return YES.test(text) ? true : NO.test(text) ? false : text;
    case "integer":
    case "number":
      return /^-?\d+(?:\.\d+)?$/.test(text) && String(Number(text)).length <= 16 ? Number(text) : text;
    case "string":
      return text;
    default:
      return (parseJson(text) ?? { value: text }).value;
  }
}

/** How to ask for a property: one answer, a list, the properties of an object, or a list of objects. */
export type Shape =
  | { kind: "one" }
  | { kind: "list"; item: Schema }
  | { kind: "object"; schema: Schema }
  | { kind: "objects"; item: Schema };

export function shapeOf(schema: Schema, root: Schema): Shape {
  if (typeOf(schema) === "object" && schema.properties) return { kind: "object", schema };
  if (typeOf(schema) !== "array" || !schema.items) return { kind: "one" };
  const item = resolve(schema.items, root);
  return item.properties ? { kind: "objects", item } : { kind: "list", item };
}

/** Lower case, digits and hyphens, for ids and file names. */
export const slug = (text: string): string =>
  text
    .replaceAll(/([a-z])([A-Z])/g, "$1-$2")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");

/** Possible ids: made of the record's values first, then counted on from the last one. */
function* possibleKeys(parts: readonly (readonly (string | undefined)[])[], last: string | undefined): Generator<string> {
  const kind = last?.includes(":") ? last.slice(0, last.indexOf(":") + 1) : "";
  const stems = parts
    .filter((parts) => parts.length > 0 && parts.every(Boolean))
    .map((parts) => parts.map((part) => slug((part as string).replace(/^.*:/, ""))).join("-"));
  for (const stem of stems)
    for (const key of [kind + stem, stem, stem.replaceAll(/-(.)/g, (_, c: string) => c.toUpperCase())])
      for (let i = 1; i < 100; i += 1) yield i === 1 ? key : `${key}-${i}`;
  const [, head = "", digits] = /^(.*?)(\d+)$/.exec(last ?? "") ?? [];
  for (let i = 1; digits !== undefined && i < 100; i += 1) yield head + String(Number(digits) + i).padStart(digits.length, "0");
}

/** An unused id made of the record's values; undefined if none is valid. */
export function proposeKey(
  parts: readonly (readonly (string | undefined)[])[],
  last: string | undefined,
  isGood: (key: string) => boolean,
): string | undefined {
  for (const key of possibleKeys(parts, last)) if (isGood(key)) return key;
  return undefined;
}

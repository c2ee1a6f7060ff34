import type { ValidateFunction } from "ajv/dist/2020.js";
import type { ValuePath } from "../contract/value-path.ts";
import { type ValueProblem, valueProblems } from "../diagnostics/value-problems.ts";

export type Draft = Record<string, unknown>;

const pointer = (path: ValuePath): string => path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** A copy of a record with a value set at a path. */
export function withDraftValue(record: unknown, [first, ...rest]: ValuePath, value: unknown): unknown {
  if (first === undefined) return value;
  const copy = (Array.isArray(record) ? [...record] : { ...(record as object | undefined) }) as Record<string | number, unknown>;
  copy[first] = withDraftValue(copy[first] ?? (typeof rest[0] === "number" ? [] : undefined), rest, value);
  if (copy[first] === undefined) delete copy[first];
  return copy;
}

/** Problems at or below a path of an incomplete record. */
export function draftProblems(validate: ValidateFunction, record: Draft, path: ValuePath): ValueProblem[] {
  if (validate(record) === true) return [];
  return valueProblems(validate).filter((problem) => path.every((part, i) => String(problem.path[i]) === String(part)));
}

/** Names that are missing in an object of an incomplete record; some depend on its other values. */
export function missingInDraft(validate: ValidateFunction, record: Draft, path: ValuePath): Set<string> {
  const at = pointer(path);
  return validate(record) === true
    ? new Set()
    : new Set(
        (validate.errors ?? []).flatMap(({ instancePath, params }) =>
          instancePath === at && typeof params["missingProperty"] === "string" ? [params["missingProperty"]] : [],
        ),
      );
}

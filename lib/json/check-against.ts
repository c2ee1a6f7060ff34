import { type ValueProblem, valueProblems } from "../diagnostics/value-problems.ts";
import { compileRecord } from "../schema/compile-record.ts";
import { isProvenValid } from "../schema/is-proven-valid.ts";
import type { Schema } from "../schema/schema.ts";

/** A check of values against a schema. */
export const checkAgainst =
  (schema: Schema) =>
  (value: unknown): ValueProblem[] => {
    if (isProvenValid(value, schema)) return [];
    const validate = compileRecord(schema);
    return validate(value) === true ? [] : valueProblems(validate);
  };

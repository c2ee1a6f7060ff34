import { isUtf8 } from "node:buffer";
import { LAYOUT } from "../contract/layout.ts";
import type { Problem } from "../diagnostics/problem.ts";
import { wordedProblem } from "../diagnostics/problem.ts";
import { jsonRules } from "../diagnostics/rules/json-rules.ts";
import { type ValueProblem, valueProblems } from "../diagnostics/value-problems.ts";
import { compileRecord } from "../schema/compile-record.ts";
import type { Schema } from "../schema/table-plan.ts";
import { parseJson } from "./parse-json.ts";
import { MAX_DEPTH } from "./record-batches.ts";
import { stringEnd } from "./string-end.ts";
import { syntaxError } from "./syntax-error.ts";
import { lintJson, locateProblems, type TextProblem, textPositions } from "./text-positions.ts";

/** Offset where a text is nested too deeply. */
export function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === '"') i = stringEnd(text, i);
    if (c === "{" || c === "[") depth += 1;
    else if (c === "}" || c === "]") depth -= 1;
    if (depth > MAX_DEPTH) return i;
  }
  return undefined;
}

/** A check of values against a schema. */
export const checkAgainst =
  (schema: Schema) =>
  (value: unknown): ValueProblem[] => {
    const validate = compileRecord(schema);
    return validate(value) === true ? [] : valueProblems(validate);
  };

/** Reads a file with one JSON value, and all its problems; `check` finds those of the value. `layout`: see `lintJson`. */
export function readDocument(
  file: string,
  bytes: Uint8Array,
  check: (value: unknown) => ValueProblem[],
  layout = LAYOUT,
): { value?: unknown; problems: Problem[] } {
  if (!isUtf8(bytes)) return { problems: [wordedProblem(file, jsonRules.notUtf8(true))] };
  const text = Buffer.from(bytes).toString("utf8");
  if (text.startsWith("\ufeff")) return { problems: [wordedProblem(file, jsonRules.byteOrderMark())] };
  const deep = tooDeep(text);
  const position = textPositions(text);
  const at = ({ offset, field, mismatch: _, ...wording }: TextProblem): Problem => ({
    file,
    ...position(offset),
    ...(field ? { field } : {}),
    ...wording,
  });
  if (deep !== undefined) return { problems: [at({ offset: deep, ...jsonRules.tooDeep(MAX_DEPTH) })] };
  const parsed = parseJson(text);
  if (!parsed) return { problems: [at(syntaxError(text))] };
  const { value } = parsed;
  const found = [...lintJson(text, layout).filter(({ isWarning }) => !isWarning), ...locateProblems(text, check(value))];
  return found.length > 0 ? { problems: found.map(at) } : { value, problems: [] };
}

import { isUtf8 } from "node:buffer";
import { isLfsPointer } from "../contract/is-lfs-pointer.ts";
import { LAYOUT } from "../contract/layout.ts";
import { type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { jsonRules } from "../diagnostics/rules/json-rules.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { isUtf16 } from "./is-utf16.ts";
import { lintJson } from "./lint-json.ts";
import { locateProblems } from "./locate-problems.ts";
import { parseJson } from "./parse-json.ts";
import { MAX_DEPTH } from "./record-batches.ts";
import { syntaxError } from "./syntax-error.ts";
import { type TextProblem, textPositions } from "./text-positions.ts";
import { tooDeep } from "./too-deep.ts";

/** Reads a file with one JSON value; `check` finds the problems of the value. `layout`: see `lintJson`. */
export function readDocument(
  file: string,
  bytes: Uint8Array,
  check: (value: unknown) => ValueProblem[],
  layout = LAYOUT,
): { value?: unknown; problems: Problem[] } {
  if (!isUtf8(bytes) || isUtf16(bytes)) return { problems: [wordedProblem(file, jsonRules.notUtf8(true))] };
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
  if (!parsed && isLfsPointer(text)) return { problems: [at({ offset: 0, ...jsonRules.lfsPointer() })] };
  if (!parsed) return { problems: [at(syntaxError(text))] };
  const { value } = parsed;
  const found = [...lintJson(text, layout).filter(({ isWarning }) => !isWarning), ...locateProblems(text, check(value))];
  return found.length > 0 ? { problems: found.map(at) } : { value, problems: [] };
}

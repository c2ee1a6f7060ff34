import { isObject } from "../contract/is-object.ts";
import { type ValueProblem, valueProblems } from "../diagnostics/value-problems.ts";
import type { JsonRecord, Value } from "../formats/value.ts";
import { lintJson } from "../json/lint-json.ts";
import { locateProblems } from "../json/locate-problems.ts";
import { parseJson } from "../json/parse-json.ts";
import type { Batch } from "../json/record-batches.ts";
import { syntaxError } from "../json/syntax-error.ts";
import { type TextProblem, textPositions } from "../json/text-positions.ts";
import type { compileRecord } from "../schema/compile-record.ts";
import type { BatchProblem, BatchResult } from "./batch-result.ts";
import { recordTexts } from "./record-texts.ts";

/** Maximum problems of a batch, after which no records are checked. More problems rarely have more causes, but cost time and memory. */
const MAX_BATCH_PROBLEMS = 20_000;

type Validate = ReturnType<typeof compileRecord>;

/** The checks of records. */
export interface RecordChecks {
  layout: number;
  validate: Validate;
  /** Finds numbers of a valid record that a format cannot store. */
  findLarge(record: JsonRecord): ValueProblem[];
}

function checkRecord(
  text: string,
  { line, isLast, layout, validate, findLarge }: { line: number; isLast: boolean } & RecordChecks,
): { found: TextProblem[]; record?: JsonRecord } {
  const parsed = parseJson<Value>(text);
  if (!parsed) return { found: [syntaxError(text, line, isLast)] };
  const isValid = validate(parsed.value) === true;
  const lint = lintJson(text, layout);
  // A number that loses precision when read is already reported by the linter.
  const problems = !isValid ? valueProblems(validate) : lint.length > 0 ? [] : findLarge(parsed.value as JsonRecord);
  return {
    found: [...lint, ...locateProblems(text, problems)],
    ...(isObject(parsed.value) ? { record: parsed.value } : {}),
  };
}

type CheckedRecords = Pick<BatchResult, "problems" | "warnings" | "unreadable" | "stopped"> & { records: JsonRecord[] };

/** Checks each record of a batch separately. Slower than checking the whole batch, but finds the location of each problem. */
export function checkEachRecord(batch: Batch, text: string, checks: RecordChecks): CheckedRecords {
  const position = textPositions(text, batch.line, batch.column);
  const problems: BatchProblem[] = [];
  const checked: CheckedRecords = { problems, warnings: [], records: [], unreadable: 0, stopped: false };
  const parts = recordTexts(text);
  // After a missing bracket, the properties that follow look like records. They are not reported.
  let isInRest = false;
  for (const [i, part] of parts.entries()) {
    if (problems.length >= MAX_BATCH_PROBLEMS) return { ...checked, stopped: true };
    const { line } = position(part.offset);
    const { found, record } = checkRecord(part.text, { line, isLast: i === parts.length - 1, ...checks });
    if (record) checked.records.push(record);
    else checked.unreadable += 1;
    const isRest = isInRest && !part.text.startsWith("{");
    isInRest = !record;
    if (isRest) continue;
    for (const { offset, field, isWarning, ...wording } of found)
      (isWarning ? checked.warnings : problems).push({ ...position(part.offset + offset), ...(field ? { field } : {}), ...wording });
  }
  return checked;
}

import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { locateProblems } from "../json/locate-problems.ts";
import type { Batch } from "../json/record-batches.ts";
import { textPositions } from "../json/text-positions.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { recordTexts } from "./record-texts.ts";

/** The line of each record's key. */
export function findKeyLines(plan: TablePlan, batch: Batch, text: string): number[] {
  const position = textPositions(text, batch.line, batch.column);
  const key: ValueProblem = { path: [plan.primaryKey[0] as string], message: "" };
  return recordTexts(text).map((part) => position(part.offset + (locateProblems(part.text, [key])[0]?.offset ?? 0)).line);
}

import { isMissingValue } from "../diagnostics/is-missing-value.ts";
import type { Schema } from "../schema/schema.ts";
import type { ColumnStatistics, TypeCount } from "./column-statistics.ts";
import { isNumericColumnType, type Scalar } from "./column-types.ts";
import type { InferenceOptions } from "./inference-options.ts";
import { missingValueNotes } from "./missing-value-notes.ts";
import { textNotes } from "./text-notes.ts";
import { typeFits } from "./type-fits.ts";
import { typedNotes } from "./typed-notes.ts";
import { valueText } from "./value-text.ts";
import { whyTextNotes } from "./why-text-notes.ts";
import { withoutFormulaGuard } from "./without-formula-guard.ts";

/** The type inferred for a column. */
export interface InferredColumn {
  kind: string;
  schema: Schema;
  /** Every row has a value. */
  required: boolean;
  /** At least one value differs from its cell, so two different cells may become one value. */
  rewrites: boolean;
  /** Notes on the inference for the user. */
  notes: string[];
  /** The value of a cell; undefined if it has none. */
  read(cell: string): Scalar | undefined;
}

/** Minimum cells per choice of an enum. */
const CELLS_PER_CHOICE = 5;

/** Why a column that is named like codes stays text: numbers would change its cells. */
function whyCode(statistics: ColumnStatistics, { type, rewritten }: TypeCount): string | undefined {
  if (!isNumericColumnType(type)) return undefined;
  const [first] = rewritten.values();
  if (first?.first) {
    const as = valueText(type.parse(first.first.cell) as Scalar);
    return `kept as text, like a code: as a number, ${first.quoted} would be ${as} (${first.where})`;
  }
  const [missing] = statistics.missing.values();
  return missing && `kept as text: ${missing.quoted} may be a code (${missing.where})`;
}

/** Infers the type of a column from all its cells. */
export function inferColumn(statistics: ColumnStatistics, decision: InferenceOptions): InferredColumn {
  if (decision.asText !== undefined) return textColumn(statistics, decision, decision.asText === "" ? [] : [decision.asText]);
  const found = statistics.cells === 0 ? undefined : statistics.counts.find((count) => typeFits(statistics, count, decision));
  if (!found) return textColumn(statistics, decision, whyTextNotes(statistics, decision));
  const asCode = decision.isCode ? whyCode(statistics, found) : undefined;
  if (asCode !== undefined) return textColumn(statistics, decision, [asCode]);
  return {
    kind: found.type.kind,
    schema: found.type.schema,
    required: statistics.empty.count + statistics.missing.size === 0,
    rewrites: found.rewritten.size > 0 || statistics.guards.hasGuards,
    notes: [...typedNotes(statistics, found), ...missingValueNotes(statistics)],
    read: (cell) => (cell === "" || isMissingValue(cell) ? undefined : found.type.parse(withoutFormulaGuard(cell))),
  };
}

function textColumn(
  statistics: ColumnStatistics,
  { keepGuards = false, isKnown = false }: InferenceOptions,
  notes: string[],
): InferredColumn {
  const cells = statistics.cells + statistics.missingCells;
  const dropsGuards = statistics.guards.hasGuards && !keepGuards;
  const read = (cell: string): string => (dropsGuards ? withoutFormulaGuard(cell) : cell);
  const choices = [...new Set([...(statistics.choices ?? [])].map(read))];
  const isChoice = !isKnown && choices.length > 1 && cells >= choices.length * CELLS_PER_CHOICE;
  return {
    kind: isChoice ? `one of ${choices.length} texts` : "text",
    schema: isChoice ? { type: "string", enum: choices } : { type: "string" },
    required: statistics.empty.count === 0 && cells > 0,
    rewrites: dropsGuards,
    notes: [...notes, ...textNotes(statistics, isChoice ? choices : [], dropsGuards)],
    read: (cell) => (cell === "" ? undefined : read(cell)),
  };
}

import type { Schema } from "../schema/table-plan.ts";
import { missingNotes, textNotes, typedNotes, whyText } from "./column-notes.ts";
import type { SeenColumn, TypeCount } from "./column-statistics.ts";
import { isNumeric, type Scalar, written } from "./column-types.ts";
import { withoutGuard } from "./formula-guard.ts";
import { isMissingSign } from "./missing-values.ts";
import { type Decision, isTaken } from "./type-fit.ts";

/** What a column is taken for. */
export interface ColumnGuess {
  kind: string;
  schema: Schema;
  /** Every row has a value. */
  required: boolean;
  /** Some value is written otherwise than its cell: whether two cells become one value has to be looked at. */
  rewrites: boolean;
  /** What a person should know of the guess. */
  notes: string[];
  /** The value of a cell; undefined where it has none. */
  read(cell: string): Scalar | undefined;
}

const CELLS_A_CHOICE = 5;

/** Why a number would change what codes are. */
function whyCode(seen: SeenColumn, { type, rewritten }: TypeCount): string | undefined {
  if (!isNumeric(type)) return undefined;
  const [first] = rewritten.values();
  if (first?.first) {
    const as = written(type.parse(first.first.cell) as Scalar);
    return `kept as text, as codes are: as a number, ${first.quoted} would be ${as} (${first.where})`;
  }
  const [missing] = seen.missing.values();
  return missing && `kept as text, as codes are: ${missing.quoted} may be one (${missing.where})`;
}

/** What a column is, by all its cells. */
export function decideColumn(seen: SeenColumn, decision: Decision): ColumnGuess {
  if (decision.asText !== undefined) return textColumn(seen, decision, decision.asText === "" ? [] : [decision.asText]);
  const found = seen.cells === 0 ? undefined : seen.counts.find((count) => isTaken(seen, count, decision));
  if (!found) return textColumn(seen, decision, whyText(seen, decision));
  const asCode = decision.isCode ? whyCode(seen, found) : undefined;
  if (asCode !== undefined) return textColumn(seen, decision, [asCode]);
  return {
    kind: found.type.kind,
    schema: found.type.schema,
    required: seen.empty.count + seen.missing.size === 0,
    rewrites: found.rewritten.size > 0 || seen.guards.hasGuards,
    notes: [...typedNotes(seen, found), ...missingNotes(seen)],
    read: (cell) => (cell === "" || isMissingSign(cell) ? undefined : found.type.parse(withoutGuard(cell))),
  };
}

function textColumn(seen: SeenColumn, { keepGuards = false, isKnown = false }: Decision, notes: string[]): ColumnGuess {
  const cells = seen.cells + seen.missingCells;
  const dropsGuards = seen.guards.hasGuards && !keepGuards;
  const read = (cell: string): string => (dropsGuards ? withoutGuard(cell) : cell);
  const choices = [...new Set([...(seen.choices ?? [])].map(read))];
  const isChoice = !isKnown && choices.length > 1 && cells >= choices.length * CELLS_A_CHOICE;
  return {
    kind: isChoice ? `one of ${choices.length} texts` : "text",
    schema: isChoice ? { type: "string", enum: choices } : { type: "string" },
    required: seen.empty.count === 0 && cells > 0,
    rewrites: dropsGuards,
    notes: [...notes, ...textNotes(seen, isChoice ? choices : [], dropsGuards)],
    read: (cell) => (cell === "" ? undefined : read(cell)),
  };
}

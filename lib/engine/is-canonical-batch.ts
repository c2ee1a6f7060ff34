import { FIRST_LAYOUT } from "../contract/layout.ts";
import { mayBeDamaged } from "../diagnostics/find-damage.ts";
import { mayHaveForbiddenCharacter } from "../diagnostics/find-forbidden-character.ts";
import type { Batch } from "../json/record-batches.ts";

/**
 * Whether a batch equals the output of JSON.stringify, apart from white space, so that it has no content that the records lack. Only
 * lengths are compared, because JSON.stringify drops duplicate names and shortens numbers and escapes, but never makes a text longer. Lone
 * surrogates, which keep their length, are excluded.
 */
export function isCanonicalBatch(batch: Batch, text: string, lines: readonly string[], layout: number): boolean {
  if (batch.mayPrintDifferently || /\\u[dD]/.test(text) || mayHaveForbiddenCharacter(text)) return false;
  if (layout > FIRST_LAYOUT && mayBeDamaged(text)) return false;
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) === batch.minifiedBytes;
}

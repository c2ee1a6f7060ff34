import { FIRST_LAYOUT } from "../contract/layout.ts";
import { mayBeDamaged } from "../diagnostics/find-damage.ts";
import { mayHaveForbiddenCharacter } from "../diagnostics/find-forbidden-character.ts";
import type { Batch } from "../json/record-batches.ts";

/**
 * Whether JSON.stringify writes records as the batch has them, so that nothing is hidden in their text. It drops the first of two equal
 * names and shortens numbers and escapes; it never makes a text longer. Lone surrogates keep their length.
 */
export function isCanonicalBatch(batch: Batch, text: string, lines: readonly string[], layout: number): boolean {
  if (batch.mayPrintDifferently || /\\u[dD]/.test(text) || mayHaveForbiddenCharacter(text)) return false;
  if (layout > FIRST_LAYOUT && mayBeDamaged(text)) return false;
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) === batch.minifiedBytes;
}

import type { ColumnMismatch } from "../diagnostics/column-mismatch.ts";
import type { Wording } from "../diagnostics/rules/rule.ts";

/** A problem at an offset of a text, in UTF-16 code units. */
export interface TextProblem extends Wording {
  offset: number;
  field?: string;
  mismatch?: ColumnMismatch;
  /** The text may be right, so it does not fail the check. */
  isWarning?: true;
}

export const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** Maps offsets of a text to lines and columns; `line` and `column` are where the text starts in its file. */
export function textPositions(text: string, line = 1, column = 1): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: line + low, column: offset - (starts[low] as number) + (low === 0 ? column : 1) };
  };
}

import { isUtf8 } from "node:buffer";
import { jsonRules } from "../diagnostics/rules/json-rules.ts";
import type { Batch } from "../json/record-batches.ts";
import { textPositions } from "../json/text-positions.ts";
import type { BatchProblem } from "./batch-result.ts";

/** The problem with the first byte that is not UTF-8. */
export function notUtf8Problem(batch: Batch): BatchProblem {
  const text = new TextDecoder("latin1").decode(batch.bytes);
  let bad = 0;
  for (let low = 0, high = batch.bytes.length; low < high; ) {
    const middle = (low + high) >> 1;
    let cut = middle + 1;
    while (cut > low && ((batch.bytes[cut] ?? 0) & 0xc0) === 0x80) cut -= 1;
    if (isUtf8(batch.bytes.subarray(0, cut))) {
      bad = cut;
      low = middle + 1;
    } else high = middle;
  }
  return { ...textPositions(text, batch.line, batch.column)(bad), ...jsonRules.notUtf8(false) };
}

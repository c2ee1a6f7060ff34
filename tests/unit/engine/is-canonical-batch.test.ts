import { describe, expect, it } from "vitest";
import { FIRST_LAYOUT, LAYOUT } from "../../../lib/contract/layout.ts";
import { isCanonicalBatch } from "../../../lib/engine/is-canonical-batch.ts";
import type { Batch } from "../../../lib/json/record-batches.ts";
import { batchOf } from "./record-plan.ts";

describe("isCanonicalBatch", () => {
  const canonical = (whole: string, lines: string[], more: Partial<Batch> = {}, layout = LAYOUT): boolean =>
    isCanonicalBatch(batchOf(whole, { minifiedBytes: lines.join("").length, ...more }), whole, lines, layout);

  it("is true if the records are written canonically", () => {
    expect(canonical('{"a":1}', ['{"a":1}'])).toBe(true);
    expect(canonical('{"a":1}', ['{"a":1}'], { minifiedBytes: 8 })).toBe(false);
    expect(canonical('{"a":1}', ['{"a":1}'], { mayPrintDifferently: true })).toBe(false);
    expect(isCanonicalBatch(batchOf('{"a":"é"}', { minifiedBytes: 10 }), '{"a":"é"}', ['{"a":"é"}'], LAYOUT)).toBe(true);
  });

  it("is false if something may be hidden in the text", () => {
    for (const whole of ['{"a":"\\ud800"}', '{"a":"\\uDC00"}', '{"a":"\\u0000"}', '{"a":"a\\ufffd"}'])
      expect(canonical(whole, [whole]), whole).toBe(false);
    expect(canonical('{"a":"a\\ufffd"}', ['{"a":"a\\ufffd"}'], {}, FIRST_LAYOUT)).toBe(true);
  });
});

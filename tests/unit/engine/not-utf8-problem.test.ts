import { describe, expect, it } from "vitest";
import { notUtf8Problem } from "../../../lib/engine/not-utf8-problem.ts";
import type { Batch } from "../../../lib/json/record-batches.ts";
import { batchOf } from "./record-plan.ts";

describe("notUtf8Problem", () => {
  const bad = (bytes: Buffer, more: Partial<Batch> = {}) => {
    const { line, column, message } = notUtf8Problem(batchOf(bytes, more));
    expect(message).toContain("UTF-8");
    return [line, column];
  };

  it("is at the first byte that is not UTF-8", () => {
    for (let at = 0; at < 20; at += 1) {
      const bytes = Buffer.from("é".repeat(10));
      // A continuation byte without a start, or a start without its continuation.
      bytes[at] = 0xff;
      expect(bad(bytes)).toEqual([1, (at & ~1) + 1]);
    }
    expect(bad(Buffer.concat([Buffer.from("abc\nde"), Buffer.from([0xff]), Buffer.from("x".repeat(40))]))).toEqual([2, 3]);
    expect(bad(Buffer.from([0x61, 0xc3]), { line: 5, column: 9 })).toEqual([5, 10]);
  });
});

import { describe, expect, it } from "vitest";
import { emptyBatchResult } from "../../../lib/engine/batch-result.ts";

describe("emptyBatchResult", () => {
  it("is empty, and a new object each time", () => {
    const result = emptyBatchResult();
    expect(result).toMatchObject({
      records: 0,
      unreadable: 0,
      stopped: false,
      problems: [],
      warnings: [],
      labels: [],
      parts: [],
      lines: [],
    });
    expect(result.references.size).toBe(0);
    result.problems.push({ line: 1, column: 1, message: "m" });
    expect(emptyBatchResult().problems).toEqual([]);
  });
});

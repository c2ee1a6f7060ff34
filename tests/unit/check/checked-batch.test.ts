import { describe, expect, it } from "vitest";
import { CheckedBatch } from "../../../lib/check/checked-batch.ts";
import { emptyBatchResult } from "../../../lib/engine/batch-result.ts";

describe("CheckedBatch", () => {
  const at = (line: number, column: number, message: string) => ({ line, column, message });
  const problems = [at(1, 2, "a"), at(3, 4, "b"), at(1, 2, "c")];
  const checked = () => new CheckedBatch("t.json", {} as never, { ...emptyBatchResult(), problems });

  it("groups the problems by location, in order", () => {
    expect(checked().problems.map(({ message }) => message)).toEqual(["a", "c", "b"]);
  });

  it("knows which locations have problems, and deletes the problems of a location", () => {
    const batch = checked();
    expect([batch.hasProblemAt({ line: 1, column: 2 }), batch.hasProblemAt({ line: 3, column: 4 })]).toEqual([true, true]);
    expect([batch.hasProblemAt({ line: 2, column: 1 }), batch.hasProblemAt({ line: 12, column: 0 })]).toEqual([false, false]);
    batch.deleteProblemsAt({ line: 1, column: 2 });
    expect(batch.problems.map(({ message }) => message)).toEqual(["b"]);
    expect(batch.hasProblemAt({ line: 1, column: 2 })).toBe(false);
  });
});

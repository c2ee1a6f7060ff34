import { describe, expect, it } from "vitest";
import { sourceScore } from "../../../../lib/site/page/source-score.ts";
import { rowOf, sourcePageOf } from "./source-page.ts";

describe("sourceScore", () => {
  it("counts its statements by what others say", () => {
    expect(sourceScore(sourcePageOf([]))).toBe("Only cited together with other sources.");
    expect(sourceScore(sourcePageOf([], 0, 0, 1))).toBe("1 fact: 1 upheld or not contradicted.");
    expect(sourceScore(sourcePageOf([rowOf([1, "a", 1]), rowOf([1, "a", 1])], 1, 2, 3))).toBe(
      "8 facts: 2 contradicted from 1 passage, 1 open, 2 less precise or older than another source, 3 upheld or not contradicted.",
    );
  });
});

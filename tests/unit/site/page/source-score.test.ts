import { describe, expect, it } from "vitest";
import type { Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { sourceScore } from "../../../../lib/site/page/source-score.ts";

describe("sourceScore", () => {
  const row = (...sources: unknown[]): Row => ({ id: "r", cells: [], in: [], sources }) as never;
  const page = (contradicted: Row[], undecided = 0, superseded = 0, uncontradicted = 0) =>
    ({
      index: 1,
      model: { noun: ["fact", "facts"] },
      contradicted,
      undecided: Array(undecided),
      superseded: Array(superseded),
      uncontradicted: Array(uncontradicted),
    }) as never;

  it("counts its statements by what others say", () => {
    expect(sourceScore(page([]))).toBe("Only cited together with other sources.");
    expect(sourceScore(page([], 0, 0, 1))).toBe("1 fact: 1 not contradicted.");
    expect(sourceScore(page([row([1, "a", 1]), row([1, "a", 1])], 1, 2, 3))).toBe(
      "8 facts: 2 contradicted from 1 passage, 1 open, 2 less precise or older than another source, 3 not contradicted.",
    );
  });
});

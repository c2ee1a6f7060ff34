import { describe, expect, it } from "vitest";
import type { Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { contradictedPassages, contradictedText } from "../../../../lib/site/page/contradicted-text.ts";

describe("contradictedText", () => {
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

  it("counts passages only if all are quoted, and fewer", () => {
    expect(contradictedPassages(page([row([1, "a", 1]), row([2, "x"], [1, "b", 1])]))).toBe(2);
    expect(contradictedPassages(page([row([1, "a", 1]), row([1, "b"])]))).toBeUndefined();
    expect(contradictedPassages(page([row([2, "a", 1])]))).toBeUndefined();
    expect(contradictedText(3, undefined, ["fact", "facts"])).toBe("3 facts");
    expect(contradictedText(3, 3, ["fact", "facts"])).toBe("3 facts");
    expect(contradictedText(3, 2, ["fact", "facts"])).toBe("3 facts from 2 passages");
  });
});

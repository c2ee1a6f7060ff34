import { describe, expect, it } from "vitest";
import { contradictedPassages, contradictedText } from "../../../../lib/site/page/contradicted-text.ts";
import { rowOf, sourcePageOf } from "./source-page.ts";

describe("contradictedText", () => {
  it("counts passages only if all are quoted, and fewer", () => {
    expect(contradictedPassages(sourcePageOf([rowOf([1, "a", 1]), rowOf([2, "x"], [1, "b", 1])]))).toBe(2);
    expect(contradictedPassages(sourcePageOf([rowOf([1, "a", 1]), rowOf([1, "b"])]))).toBeUndefined();
    expect(contradictedPassages(sourcePageOf([rowOf([2, "a", 1])]))).toBeUndefined();
    expect(contradictedText(3, undefined, ["fact", "facts"])).toBe("3 facts");
    expect(contradictedText(3, 3, ["fact", "facts"])).toBe("3 facts");
    expect(contradictedText(3, 2, ["fact", "facts"])).toBe("3 facts from 2 passages");
  });
});

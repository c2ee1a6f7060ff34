import { describe, expect, it } from "vitest";
import { plural } from "../../../lib/contract/plural.ts";

describe("plural", () => {
  it("uses the singular for one only", () => {
    expect([0, 1, 2].map((count) => plural(count, "problem"))).toEqual(["0 problems", "1 problem", "2 problems"]);
  });
});

import { describe, expect, it } from "vitest";
import { allWarnings } from "../../../lambdas/validate/all-warnings.ts";

describe("allWarnings", () => {
  it("have warnings of their own, and of their change", () => {
    const [a, b] = [{ message: "a" }, { message: "b" }];
    expect(allWarnings({ warnings: [a], change: { warnings: [b] } } as never)).toEqual([a, b]);
    expect(allWarnings({} as never)).toEqual([]);
    expect(allWarnings({ change: {} } as never)).toEqual([]);
  });
});

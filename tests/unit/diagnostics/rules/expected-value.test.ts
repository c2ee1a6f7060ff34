import { describe, expect, it } from "vitest";
import { columnExample } from "../../../../lib/diagnostics/rules/column-example.ts";
import { expectedValue } from "../../../../lib/diagnostics/rules/expected-value.ts";

describe("expectedValue", () => {
  it("lists the allowed values, or an example and the first sentence of the description", () => {
    expect(expectedValue({ enum: ["a", "b"], description: "d" })).toBe(", one of: a, b");
    expect(expectedValue({ examples: ["x"], description: "What it is. More." } as never)).toBe(', such as "x" (What it is)');
    expect(expectedValue({ description: "What it is" })).toBe(" (What it is)");
    expect(expectedValue(undefined)).toBe("");
    expect(expectedValue({ enum: Array.from({ length: 13 }, (_, i) => i), description: "A number" })).toBe(" (A number)");
    expect([columnExample({ examples: [0, 1] } as never), columnExample({}), columnExample(undefined)]).toEqual([0, undefined, undefined]);
  });
});

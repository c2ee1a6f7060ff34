import { describe, expect, it } from "vitest";
import { parenthesized } from "../../../../lib/diagnostics/rules/parenthesized.ts";
import { quote } from "../../../../lib/diagnostics/rules/quote.ts";
import { truncate } from "../../../../lib/diagnostics/rules/truncate.ts";

describe("truncate", () => {
  it("shortens text after 80 characters", () => {
    expect(truncate("x".repeat(80))).toBe("x".repeat(80));
    expect(truncate("x".repeat(81))).toBe(`${"x".repeat(77)}…`);
    expect(quote("a")).toBe('"a"');
    expect(quote(undefined)).toBe("nothing");
    expect(quote({ a: [1, null] })).toBe('{"a":[1,null]}');
    expect(quote("x".repeat(200))).toBe(`"${"x".repeat(76)}…`);
    expect([parenthesized("a"), parenthesized(""), parenthesized(undefined)]).toEqual([" (a)", "", ""]);
  });
});

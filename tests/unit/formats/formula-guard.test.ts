import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guardFormula, unguardFormula } from "../../../lib/formats/csv/guard-formula.ts";

describe("guardFormula", () => {
  it.each([
    ["=1+2", "'=1+2"],
    ["+cmd", "'+cmd"],
    ["-cmd", "'-cmd"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r=1"],
    ["\n=1", "'\n=1"],
    ["'quoted'", "''quoted'"],
    ["＝1+2", "'＝1+2"],
    ["a;=1;b;@c", "a;'=1;b;'@c"],
    ["=1;=2", "'=1;'=2"],
    [";'a", ";''a"],
    ["-1+2", "'-1+2"],
    ["-5 apples", "'-5 apples"],
    ["+49 30 1234", "'+49 30 1234"],
    ["--", "'--"],
    ["=;x", "=;x"],
  ])("turns %j into the text %j", (text, guarded) => {
    expect(guardFormula(2, text)).toBe(guarded);
    expect(unguardFormula(2, guarded)).toBe(text);
  });

  it.each(["+", "-", "=", "@", "-5", "+297", "-1.5e3", "-1,234.50", "+.5", "-12%", "-1E-7", "-5;+6", "", "a", "a=b", "a; =b", "1-2"])(
    "leaves %j unchanged",
    (text) => {
      expect(guardFormula(2, text)).toBe(text);
    },
  );

  it("writes layout 1 as it was published: also guards numbers, but only the start of a text", () => {
    expect(["+297", "-", "=1", "a;=1", "\n=1", "'x"].map((text) => guardFormula(1, text))).toEqual([
      "'+297",
      "'-",
      "'=1",
      "a;=1",
      "\n=1",
      "''x",
    ]);
    expect(["'+297", "a;'b", "''x"].map((text) => unguardFormula(1, text))).toEqual(["+297", "a;'b", "'x"]);
  });

  it("can be undone exactly", () => {
    const text = fc.string({ unit: fc.constantFrom("a", ";", "'", "=", "+", "-", "@", "1", ".", "e", "\t", "\n", "\\", "＝") });
    fc.assert(
      fc.property(text, fc.constantFrom(1, 2), (made, layout) => {
        expect(unguardFormula(layout, guardFormula(layout, made))).toBe(made);
      }),
      { numRuns: 2000 },
    );
  });
});

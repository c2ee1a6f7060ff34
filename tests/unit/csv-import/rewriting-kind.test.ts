import { describe, expect, it } from "vitest";
import { rewritingKind } from "../../../lib/csv-import/rewriting-kind.ts";

describe("rewritingKind", () => {
  it("describes how a cell differs from its value", () => {
    expect(
      [
        ["1.5", 1.5],
        ["1.50", 1.5],
        ["1,5", 1.5],
        ["1,50", 1.5],
        [".5", 0.5],
        ["1.5e1", 15],
        ["-0.0", 0],
        ["0.10000000000000001", 0.1],
        ["TRUE", true],
        ["1/2/2020", "2020-02-01"],
      ].map(([cell, value]) => rewritingKind(cell as string, value as number)),
    ).toEqual([
      undefined,
      "zeros at the end",
      "decimal comma",
      "zeros at the end",
      "no zero before the point",
      "power of ten",
      "minus zero",
      "digits",
      "boolean",
      "string",
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { printWarnings } from "../../../bin/print-warnings.ts";
import type { Problem } from "../../../lib/diagnostics/problem.ts";
import { printed } from "../../printed.ts";

describe("printWarnings", () => {
  const problem = (line: number): Problem => ({ file: "t.json", line, column: 1, message: `wrong ${line}` });
  const problems = (count: number): Problem[] => Array.from({ length: count }, (_, i) => problem(i + 1));

  it("prints each warning, and their number", async () => {
    const folder = { shown: "data/d" } as Parameters<typeof printWarnings>[0];
    expect(await printed(() => printWarnings(folder, []))).toBe("");
    expect(await printed(() => printWarnings(folder, problems(2)))).toMatch(/wrong 1[\s\S]*wrong 2[\s\S]*\n2 warnings in data\/d\n$/);
  });
});

import { describe, expect, it } from "vitest";
import { PRINTED, printProblems } from "../../../bin/print-problems.ts";
import type { Problem } from "../../../lib/diagnostics/problem.ts";
import { printed } from "../../printed.ts";

describe("printProblems", () => {
  const problem = (line: number): Problem => ({ file: "t.json", line, column: 1, message: `wrong ${line}` });
  const problems = (count: number): Problem[] => Array.from({ length: count }, (_, i) => problem(i + 1));

  it("prints problems up to a maximum, and their number", async () => {
    const one = await printed(() => printProblems({ shown: "data/d" }, { problems: problems(1), problemCount: 1 }));
    expect(one).toMatch(/wrong 1[\s\S]*\n1 problem in data\/d\n$/);
    const all = await printed(() => printProblems({ shown: "data/d" }, { problems: problems(PRINTED), problemCount: PRINTED }));
    expect(all).toMatch(/wrong 100[\s\S]*\n100 problems in data\/d\n$/);
    const more = await printed(() => printProblems({ shown: "data/d" }, { problems: problems(PRINTED + 1), problemCount: 500 }));
    expect(more).toMatch(/\n500 problems in data\/d; the first 100 are shown\n$/);
    expect(more).not.toContain("wrong 101");
    const few = await printed(() => printProblems({ shown: "data/d" }, { problems: problems(3), problemCount: 500 }));
    expect(few).toMatch(/wrong 3[\s\S]*\n500 problems in data\/d; the first 3 are shown\n$/);
  });
});

import { describe, expect, it } from "vitest";
import { type CheckedDataset, checkVerdict, notChecked } from "../../../lambdas/validate/check-verdict.ts";
import { commentText } from "../../../lambdas/validate/comment-text.ts";
import { fileProblem } from "../../../lib/diagnostics/problem.ts";

const problem = (file = "t.json") => ({ ...fileProblem(file, "wrong"), line: 3 });
const checked = (dataset: string, more: Partial<CheckedDataset> = {}): CheckedDataset => ({
  ...{ dataset, problems: [], problemCount: 0, records: new Map([["rivers", 2]]) },
  ...more,
});
const change = (level: string, problems = [] as ReturnType<typeof problem>[]): Pick<CheckedDataset, "change"> => ({
  change: { level, summary: "1 river added", markdown: "# What", problems } as never,
});

describe("commentText", () => {
  it.each<[string, CheckedDataset, string]>([
    ["one problem", checked("a", { problemCount: 1 }), "**a**: 1 problem. They are marked"],
    ["problems", checked("a", { problemCount: 2 }), "**a**: 2 problems. They are marked"],
    [
      "nothing to compare with",
      checked("a", { notCompared: "no *base*" }),
      "**a**: no problems. What changes for readers is unknown: no \\*base\\*.",
    ],
    ["a new dataset", checked("a_b"), "**a\\_b**: no problems."],
    ["no change", checked("a", change("none")), "**a**: no problems, and nothing changes for readers."],
    ["a change", checked("a", change("minor")), "**a**: no problems. Merged, this makes a **minor** release.\n\n<details>"],
  ])("says of a dataset with %s what becomes of it", (_what, one, text) => {
    expect(commentText([one]).startsWith(text)).toBe(true);
  });

  it("lists what changes, and every dataset", () => {
    expect(commentText([checked("a"), checked("b", change("patch"))])).toBe(
      "**a**: no problems.\n\n**b**: no problems. Merged, this makes a **patch** release.\n\n<details><summary>What changes</summary>\n\n# What\n</details>",
    );
    expect(commentText([])).toBe("No dataset is touched.");
  });
});

describe("checkVerdict", () => {
  it("fails when a dataset has problems, at their paths in the repository", () => {
    const datasets = [
      checked("a", { problems: [problem(), problem(".")], problemCount: 150 }),
      checked("b", change("major", [problem("dataset.json")])),
    ];
    expect(checkVerdict(datasets, "data")).toEqual({
      conclusion: "failure",
      title: "151 problems",
      summary: "",
      problems: [
        { ...problem(), file: "data/a/t.json" },
        { ...problem(), file: "data/a/dataset.json" },
        { ...problem(), file: "data/b/dataset.json" },
      ],
      problemCount: 151,
    });
    expect(checkVerdict([notChecked("c", "no time")], "data")).toMatchObject({
      title: "1 problem",
      problems: [{ file: "data/c/dataset.json", message: "no time" }],
    });
  });

  it("passes with what changes, and how many records there are", () => {
    const records = new Map([
      ["rivers", 2],
      ["levels", 1],
    ]);
    const datasets = [checked("a", change("none")), checked("b", { ...change("minor"), records }), checked("c", { records: new Map() })];
    expect(checkVerdict(datasets, "data")).toEqual({
      conclusion: "success",
      title: "b: minor, 1 river added",
      summary: "- a: 2 rivers\n- b: 2 rivers, 1 levels\n- c: deleted\n- b: minor, 1 river added",
      problems: [],
      problemCount: 0,
    });
    expect(checkVerdict([], "data")).toMatchObject({ conclusion: "success", title: "No problems", summary: "" });
  });

  it("mentions nobody, whatever a dataset is called", () => {
    expect(checkVerdict([checked("@someone #1")], "data").summary).not.toMatch(/@someone|#1/);
  });
});

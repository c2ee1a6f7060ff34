import { describe, expect, it } from "vitest";
import { checkVerdict } from "../../../lambdas/validate/check-verdict.ts";
import type { CheckedDataset } from "../../../lambdas/validate/checked-dataset.ts";
import { commentText } from "../../../lambdas/validate/comment-text.ts";
import { notChecked } from "../../../lambdas/validate/not-checked.ts";
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
  ])("reports the outcome of a dataset with %s", (_what, one, text) => {
    expect(commentText([one]).startsWith(text)).toBe(true);
  });

  it("lists what changes, and every dataset", () => {
    expect(commentText([checked("a"), checked("b", change("patch"))])).toBe(
      "**a**: no problems.\n\n**b**: no problems. Merged, this makes a **patch** release.\n\n<details><summary>What changes</summary>\n\n# What\n</details>",
    );
    expect(commentText([])).toBe("No dataset changes.");
  });
});

describe("checkVerdict", () => {
  it("is neutral if a dataset could not be compared, with the reason", () => {
    const verdict = checkVerdict([checked("a", { notCompared: "main has *problems* itself" }), checked("b", change("minor"))], "data");
    expect(verdict).toMatchObject({ conclusion: "neutral", title: "No problems, but not compared", problemCount: 0 });
    expect(verdict.summary).toContain("- a: not compared, so what changes for readers is unknown: main has \\*problems\\* itself");
    expect(checkVerdict([checked("a", { notCompared: "?", ...change("major", [problem()]) })], "data").conclusion).toBe("failure");
  });

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

  it("passes with what changes, and the number of records", () => {
    const records = new Map([
      ["rivers", 2],
      ["levels", 1],
    ]);
    const datasets = [checked("a", change("none")), checked("b", { ...change("minor"), records }), checked("c", { records: new Map() })];
    expect(checkVerdict(datasets, "data")).toEqual({
      conclusion: "success",
      title: "b: minor, 1 river added",
      summary: "- a: 2 rivers\n- b: 2 rivers, 1 level\n- c: deleted\n- b: minor, 1 river added",
      problems: [],
      problemCount: 0,
    });
    expect(checkVerdict([], "data")).toMatchObject({ conclusion: "success", title: "No problems", summary: "" });
  });

  it("mentions no one, regardless of the name of a dataset", () => {
    expect(checkVerdict([checked("@someone #1")], "data").summary).not.toMatch(/@someone|#1/);
  });
});

const warning = (message: string, line = 3) => ({ file: "facts/a.json", line, column: 5, message, remedy: "Look again." });
/** A dataset `d` with two facts. */
const ofFacts = (more: Partial<CheckedDataset> = {}): CheckedDataset => checked("d", { records: new Map([["facts", 2]]), ...more });
const changeWith = (more: object = {}): NonNullable<CheckedDataset["change"]> => ({
  ...{ base: "main", level: "minor", summary: "1 added", markdown: "- one", problems: [], warnings: [] },
  ...more,
});

describe("the verdict on a pull request", () => {
  it("lists warnings of the data and of the change, and succeeds", () => {
    const one = ofFacts({
      warnings: [warning("Damaged?")],
      change: changeWith({ warnings: [warning("All codes are in small letters", 0)] }),
    });
    expect(checkVerdict([one], "data")).toMatchObject({
      conclusion: "success",
      title: "d: minor, 1 added; 2 warnings",
      problemCount: 0,
      warnings: [
        { file: "data/d/facts/a.json", line: 3, message: "Damaged?" },
        { file: "data/d/facts/a.json", line: 0, message: "All codes are in small letters" },
      ],
    });
    expect(commentText([one])).toMatch(
      /\*\*minor\*\* release[\s\S]*<\/details>\n\n2 warnings:\n\n- `d\/facts\/a\.json:3` Damaged\? Look again\.\n- `d\/facts\/a\.json` All codes are in small letters Look again\.$/,
    );
  });

  it("lists them beside problems, and counts those that do not fit into a comment", () => {
    const warnings = Array.from({ length: 12 }, (_, i) => warning(`Odd ${i}`));
    const one = ofFacts({ problems: [warning("Wrong")], problemCount: 1, warnings });
    const verdict = checkVerdict([one], "data");
    expect(verdict).toMatchObject({ conclusion: "failure", title: "1 problem", problemCount: 1 });
    expect(verdict.warnings).toHaveLength(12);
    expect(commentText([one])).toMatch(/Odd 9 Look again\.\n- and 2 more in the check$/);
  });

  it("mentions no warnings if there are none", () => {
    expect(checkVerdict([ofFacts()], "data")).toEqual({
      conclusion: "success",
      title: "No problems",
      summary: "- d: 2 facts",
      problems: [],
      problemCount: 0,
    });
    expect(commentText([ofFacts()])).toBe("**d**: no problems.");
  });

  it("reports a deleted dataset, and fails without a declared reason", () => {
    const end = "continues as e. Its releases stay published, and its page links to it.";
    const gone = ofFacts({ records: new Map(), end });
    expect(checkVerdict([gone], "data")).toMatchObject({ conclusion: "success", summary: `- d ${end}` });
    expect(commentText([gone])).toBe(`**d** ${end}`);
    const unannounced = { ...notChecked("d", "d was deleted: main has it.", "Bring the folder back."), end: "was deleted: main has it." };
    expect(checkVerdict([unannounced], "data")).toMatchObject({
      conclusion: "failure",
      problems: [{ file: "data/d/dataset.json", message: "d was deleted: main has it.", remedy: "Bring the folder back." }],
    });
    expect(commentText([unannounced])).toBe("**d** was deleted: main has it.");
  });
});

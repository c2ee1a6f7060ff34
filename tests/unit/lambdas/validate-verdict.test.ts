import { describe, expect, it } from "vitest";
import { type CheckedDataset, checkVerdict, notChecked } from "../../../lambdas/validate/check-verdict.ts";
import { commentText } from "../../../lambdas/validate/comment-text.ts";

const warning = (message: string, line = 3) => ({ file: "facts/a.json", line, column: 5, message, remedy: "Look again." });
const checked = (more: Partial<CheckedDataset> = {}): CheckedDataset => ({
  ...{ dataset: "d", problems: [], problemCount: 0, records: new Map([["facts", 2]]) },
  ...more,
});
const change = (more: object = {}): NonNullable<CheckedDataset["change"]> => ({
  ...{ level: "minor", summary: "1 added", markdown: "- one", problems: [], warnings: [] },
  ...more,
});

describe("the verdict on a pull request", () => {
  it("lists warnings of the data and of the change, and succeeds", () => {
    const one = checked({ warnings: [warning("Damaged?")], change: change({ warnings: [warning("All codes are in small letters", 0)] }) });
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

  it("lists them beside problems, and counts those that a comment has no room for", () => {
    const warnings = Array.from({ length: 12 }, (_, i) => warning(`Odd ${i}`));
    const one = checked({ problems: [warning("Wrong")], problemCount: 1, warnings });
    const verdict = checkVerdict([one], "data");
    expect(verdict).toMatchObject({ conclusion: "failure", title: "1 problem", problemCount: 1 });
    expect(verdict.warnings).toHaveLength(12);
    expect(commentText([one])).toMatch(/Odd 9 Look again\.\n- and 2 more in the check$/);
  });

  it("says nothing of warnings where there are none", () => {
    expect(checkVerdict([checked()], "data")).toEqual({
      conclusion: "success",
      title: "No problems",
      summary: "- d: 2 facts",
      problems: [],
      problemCount: 0,
    });
    expect(commentText([checked()])).toBe("**d**: no problems.");
  });

  it("says what becomes of a deleted dataset, and fails where nobody said it", () => {
    const end = "continues as e. Its releases stay published, and its page leads there.";
    const gone = checked({ records: new Map(), end });
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

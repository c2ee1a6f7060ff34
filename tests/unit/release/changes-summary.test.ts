import { expect, it } from "vitest";
import { changesSummary } from "../../../lib/release/changes-summary.ts";

const textOf = (summary: string, ...shape: string[]): string =>
  ["# 1.1.0", "", `Since 1.0.0: **minor**. ${summary}.`, "", ...shape.map((each) => `- ${each}`), "", "## facts", "", "- added `a` A"].join(
    "\n",
  );
const described = ["a.csv: column x is described otherwise", "b.csv: column y is described otherwise"];

it.each([
  ["counts records", textOf("4 facts added, 1 other change", "table views is new"), "4 facts added, 1 other change."],
  [
    "names one change of files",
    textOf("schema\\.json asks something else of records", "schema\\.json asks something else of records"),
    "The rules for records in schema.json changed.",
  ],
  [
    "counts changes of columns",
    textOf("3 changes", "a.csv: column x\\_y is new", ...described),
    "a.csv: column x_y is new; the descriptions of 2 columns changed.",
  ],
  ["names one changed column", textOf("1 change", "a\\.csv: column x is described otherwise"), "a.csv: column x: its description changed."],
  ["names a file as it is", textOf("1 change", "t\\.csv is gone"), "t.csv is gone."],
  [
    "counts further ones",
    textOf("3 changes (1 breaking)", "**breaking**: table a\\_b is gone", "b", "c"),
    "Table a_b is gone; b; 1 more change.",
  ],
  ["is missing for another text", "# 1.0.0\n\nThe first release.\n", undefined],
])("the summary of a release %s", (_what, text, expected) => {
  expect(changesSummary(text)).toBe(expected);
});

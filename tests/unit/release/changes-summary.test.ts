import { expect, it } from "vitest";
import { changesSummary } from "../../../lib/release/changes-summary.ts";
import { CHANGE_LEVELS, type Change, type ChangeKind } from "../../../lib/release/difference.ts";

const shape = (kind: ChangeKind, change: string): Change => ({ kind, level: CHANGE_LEVELS[kind], change });
const described = ["a.csv: column x is described otherwise", "b.csv: column y is described otherwise"].map((change) =>
  shape("column-described", change),
);

it.each([
  ["counts records", "4 facts added, 1 other change", [shape("file-new", "views.csv is new")], "4 facts added, 1 other change."],
  ["counts records only", "1 fact corrected", [], "1 fact corrected."],
  [
    "names one change of files",
    "schema.json asks something else of records",
    [shape("rules-changed", "schema.json asks something else of records")],
    "The rules for records in schema.json changed.",
  ],
  [
    "counts changes of columns",
    "3 changes",
    [shape("column-new", "a.csv: column x_y is new"), ...described],
    "a.csv: column x_y is new; the descriptions of 2 columns changed.",
  ],
  ["names one changed column", described[0]?.change ?? "", described.slice(0, 1), "a.csv: column x: its description changed."],
  ["names a file as it is", "t.csv is gone", [shape("file-gone", "t.csv is gone")], "t.csv is gone."],
  [
    "counts further ones",
    "3 changes (1 breaking)",
    [shape("file-gone", "Table a_b is gone"), shape("metadata-changed", "b"), shape("metadata-changed", "c")],
    "Table a_b is gone; b; 1 more change.",
  ],
])("the summary of a release %s", (_what, summary, schema, expected) => {
  expect(changesSummary({ summary, schema })).toBe(expected);
});

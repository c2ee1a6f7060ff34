import { describe, expect, it } from "vitest";
import { MAX_PROBLEMS, ProblemList } from "../../../lib/check/problem-list.ts";
import type { ColumnMismatch } from "../../../lib/diagnostics/column-mismatch.ts";
import type { Problem } from "../../../lib/diagnostics/problem.ts";
import { jsonRules } from "../../../lib/diagnostics/rules/json-rules.ts";

const at = (file: string, line: number, field = "", message = "wrong"): Problem => ({ file, line, column: 1, field, message });
const unknown = (name: string): ColumnMismatch => ({ kind: "unknown", name, known: ["code", "label"], type: "integer" });
const missing = (name: string): ColumnMismatch => ({ kind: "missing", name, wording: { message: `"${name}" is missing` } });

/** Adds a mismatch at each place, and returns the reported problems. */
function reported(...added: [file: string, line: number, mismatch: ColumnMismatch, parent?: string][]): string[] {
  const list = new ProblemList();
  for (const [file, line, mismatch, parent = ""] of added)
    list.add({ ...at(file, line, `${parent}${"name" in mismatch ? mismatch.name : ""}`), mismatch }, "codes");
  const { problems, problemCount } = list.finish();
  expect(problemCount).toBe(problems.length);
  return problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

describe("ProblemList", () => {
  it("is empty until something is added", () => {
    const list = new ProblemList();
    expect([list.isEmpty, list.finish()]).toEqual([true, { problems: [], problemCount: 0 }]);
    list.add(at("a.json", 1));
    expect(list.isEmpty).toBe(false);
    const mismatches = new ProblemList();
    mismatches.add({ ...at("a.json", 1, "flag"), mismatch: unknown("flag") });
    expect(mismatches.isEmpty).toBe(false);
  });

  it("sorts by place, keeps up to the maximum, and counts all", () => {
    const list = new ProblemList();
    for (let line = MAX_PROBLEMS + 2; line > 0; line -= 1) list.add(at("a.json", line));
    list.add({ ...at("a.json", 1, "flag"), mismatch: unknown("flag") });
    const { problems, problemCount } = list.finish();
    expect(problems).toHaveLength(MAX_PROBLEMS);
    expect(problemCount).toBe(MAX_PROBLEMS + 3);
    expect(problems[0]?.line).toBe(1);
  });

  it("leaves a mismatch of one record as it was reported", () => {
    expect(reported(["a.json", 3, unknown("flag")])).toEqual(["a.json:3 wrong"]);
  });

  it("reports a column that is new in several records once, at its first place", () => {
    expect(reported(["b.json", 2, unknown("flag")], ["a.json", 7, unknown("flag")], ["a.json", 9, unknown("flag")])).toEqual([
      'a.json:7 Unknown column "flag" in 3 records; the columns are: code, label',
    ]);
  });

  it("reports a column that is missing in several records once", () => {
    expect(reported(["a.json", 1, missing("code")], ["a.json", 5, missing("code")])).toEqual(['a.json:1 "code" is missing (in 2 records)']);
  });

  it("keeps different names, fields and tables apart", () => {
    expect(reported(["a.json", 1, unknown("flag")], ["a.json", 2, unknown("flags")])).toHaveLength(2);
    expect(reported(["a.json", 1, unknown("flag"), "value."], ["a.json", 2, unknown("flag")])).toHaveLength(2);
    const list = new ProblemList();
    for (const table of ["codes", "names"]) list.add({ ...at(`${table}.json`, 1, "flag"), mismatch: unknown("flag") }, table);
    expect(list.finish().problemCount).toBe(2);
  });

  it("groups the items of a list as one field", () => {
    expect(reported(["a.json", 1, unknown("page"), "sources[0]."], ["a.json", 2, unknown("page"), "sources[11]."])).toEqual([
      'a.json:1 Unknown column "page" in 2 records; the columns are: code, label',
    ]);
  });

  it("treats a missing and an unknown column in the same records as a rename", () => {
    expect(
      reported(
        ["a.json", 1, missing("code")],
        ["a.json", 1, unknown("M49")],
        ["a.json", 2, missing("code")],
        ["a.json", 2, unknown("M49")],
      ),
    ).toEqual(['a.json:1 2 records have "M49" instead of "code"']);
  });

  it.each<[string, [string, number, ColumnMismatch, string?][]]>([
    [
      "of one record",
      [
        ["a.json", 1, missing("code")],
        ["a.json", 1, unknown("M49")],
      ],
    ],
    [
      "of different numbers of records",
      [
        ["a.json", 1, missing("code")],
        ["a.json", 1, unknown("M49")],
        ["a.json", 2, missing("code")],
      ],
    ],
    [
      "of different files",
      [
        ["a.json", 1, missing("code")],
        ["b.json", 1, unknown("M49")],
        ["a.json", 2, missing("code")],
        ["b.json", 2, unknown("M49")],
      ],
    ],
    [
      "of different fields",
      [
        ["a.json", 1, missing("code")],
        ["a.json", 1, unknown("M49"), "value."],
        ["a.json", 2, missing("code")],
        ["a.json", 2, unknown("M49"), "value."],
      ],
    ],
    [
      "that could be one of two columns",
      [1, 2].flatMap((line): [string, number, ColumnMismatch][] => [
        ["a.json", line, missing("code")],
        ["a.json", line, missing("label")],
        ["a.json", line, unknown("M49")],
      ]),
    ],
  ])("does not infer a new name from mismatches %s", (_what, added) => {
    expect(reported(...added).join("\n")).not.toContain("belongs");
    expect(reported(...added).length).toBeGreaterThan(1);
  });

  it("reports records of another table, and records wrapped in a name, once each", () => {
    const other: ColumnMismatch = { kind: "otherTable", missing: ["a", "b", "c"], unknown: ["d", "e"] };
    const less: ColumnMismatch = { kind: "otherTable", missing: ["a", "b", "c"], unknown: ["d", "e", "f"] };
    const wrapped: ColumnMismatch = { kind: "wrapped", name: "code" };
    expect(
      reported(["a.json", 1, other], ["a.json", 2, less], ["a.json", 3, other], ["a.json", 4, wrapped], ["a.json", 5, wrapped]),
    ).toEqual([
      "a.json:1 Record of another table: without a, b, c, but with d, e (and 2 more)",
      'a.json:4 The columns of this record are inside "code" (in 2 records)',
    ]);
  });

  it("reports only the merge conflict of a file, and all problems of other files", () => {
    const list = new ProblemList();
    list.add(at("a.json", 1));
    list.add(at("b.json", 1));
    for (const file of ["a.json", "b.json"]) list.add({ ...at(file, 2, "flag"), mismatch: unknown("flag") });
    list.add({ ...at("a.json", 4), ...jsonRules.mergeConflict() });
    list.add(at("a.json", 5));
    const { problems, problemCount } = list.finish();
    expect(problems.map(({ file, line }) => `${file}:${line}`)).toEqual(["a.json:4", "b.json:1", "b.json:2"]);
    expect(problemCount).toBe(3);
  });
});

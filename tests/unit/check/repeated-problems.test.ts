import { describe, expect, it } from "vitest";
import { MAX_PROBLEMS, ProblemList } from "../../../lib/check/problem-list.ts";
import { MIN_RECORDS, type SizedTable } from "../../../lib/check/repeated-problems.ts";
import { jsonRules } from "../../../lib/diagnostics/rules/json-rules.ts";
import { keyRules } from "../../../lib/diagnostics/rules/key-rules.ts";
import { typeRules } from "../../../lib/diagnostics/rules/type-rules.ts";

const TABLE: SizedTable = { records: MIN_RECORDS, isView: false, isWhole: true };
const { anchor } = typeRules.whole;

/** Adds a problem at each field of each record, and returns the reported problems. */
function reported({ rule = anchor, fields = ["n"], records = MIN_RECORDS, table = {} as Partial<SizedTable> }): string[] {
  const list = new ProblemList();
  for (let line = 1; line <= records; line += 1)
    for (const [i, field] of fields.entries())
      list.add({ file: "t.json", line, column: i, field, rule, message: `wrong ${line}`, remedy: "Write it." }, "t");
  const { problems, problemCount } = list.finish(new Map([["t", { ...TABLE, ...table }]]));
  expect(problemCount).toBe(problems.length);
  return problems.map(({ line, message, remedy }) => `${line} ${message} | ${remedy}`);
}

describe("RepeatedProblems", () => {
  it("are merged at the first record if all records of a table have the problem", () => {
    const whole =
      "1 wrong 1 (in all 10 records, such as 2 (line 2), 3 (line 3) and 4 (line 4)) | Write it. If the records are right, correct this column of t in schema.json.";
    expect(reported({})).toEqual([whole]);
    // In lists, only the first entry counts.
    expect(reported({ fields: ["n[0]", "n[1]"] })).toEqual([whole]);
  });

  it("are merged if most records with a value have the problem", () => {
    const some = { records: 40, filled: new Map([["n", 19]]) };
    expect(reported({ table: some })).toEqual([expect.stringContaining("(in 10 of 19 records that have a value here, of 40, such as 2 (")]);
    expect(reported({ table: { records: 19 } })).toEqual([expect.stringContaining("(in 10 of 19 records, such as 2 (line 2)")]);
    expect(reported({ table: { records: 20 } })).toHaveLength(MIN_RECORDS);
  });

  it("are listed if there are few records, or if the schema is not involved", () => {
    expect(reported({ records: MIN_RECORDS - 1 })).toHaveLength(MIN_RECORDS - 1);
    expect(reported({ records: 9, table: { records: 9 } })).toHaveLength(9);
    expect(reported({ rule: jsonRules.trailingComma.anchor })).toHaveLength(MIN_RECORDS);
    expect(reported({ rule: typeRules.record.anchor })).toHaveLength(MIN_RECORDS);
  });

  it.each(Object.values(keyRules).map(({ anchor }) => anchor))("are listed if they are about keys or references: %s", (rule) => {
    expect(reported({ rule })).toHaveLength(MIN_RECORDS);
    expect(reported({ rule, table: { isView: true } })).toHaveLength(MIN_RECORDS);
  });

  it("are merged in rows of a view, which come from one SELECT", () => {
    expect(reported({ records: 2, table: { records: 50, isView: true } })).toEqual(["1 wrong 1 (and 1 more of this column) | Write it."]);
    expect(reported({ records: 1, table: { records: 50, isView: true } })).toEqual(["1 wrong 1 | Write it."]);
  });

  it("are listed if the table was not read to its end", () => {
    expect(reported({ table: { isWhole: false } })).toHaveLength(MIN_RECORDS);
  });

  it("leave places to problems that are listed one by one", () => {
    const list = new ProblemList();
    const add = (table: string, count: number): void => {
      for (let line = 1; line <= count; line += 1)
        list.add({ file: `${table}.json`, line, column: 1, field: "n", rule: anchor, message: "" }, table);
    };
    for (const table of ["a", "b", "c"]) add(table, MAX_PROBLEMS);
    add("d", 2);
    const tables = ["a", "b", "c"].map((table) => [table, { ...TABLE, records: MAX_PROBLEMS }] as const);
    const { problems, problemCount } = list.finish(new Map([...tables, ["d", TABLE]]));
    expect([problems.map(({ file }) => file), problemCount]).toEqual([["a.json", "b.json", "c.json", "d.json", "d.json"], 5]);
    add("e", 2 * MAX_PROBLEMS);
    expect(list.finish().problems).toHaveLength(MAX_PROBLEMS);
  });

  it("are listed beside a file with merge conflicts", () => {
    const list = new ProblemList();
    for (let line = 1; line <= MIN_RECORDS; line += 1)
      list.add({ file: "t.json", line, column: 1, field: "n", rule: anchor, message: "" }, "t");
    list.add({ file: "u.json", line: 1, column: 1, rule: jsonRules.mergeConflict.anchor, message: "conflict" });
    expect(list.finish(new Map([["t", TABLE]])).problemCount).toBe(MIN_RECORDS + 1);
  });
});

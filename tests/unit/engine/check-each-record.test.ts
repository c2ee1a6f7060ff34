import { describe, expect, it } from "vitest";
import { FIRST_LAYOUT, LAYOUT } from "../../../lib/contract/layout.ts";
import { checkEachRecord } from "../../../lib/engine/check-each-record.ts";
import { compileRecord } from "../../../lib/schema/compile-record.ts";
import { batchOf, RECORD } from "./record-plan.ts";

describe("checkEachRecord", () => {
  const validate = compileRecord(RECORD);
  const checked = (whole: string, more: object = {}) =>
    checkEachRecord(batchOf(whole, { line: 3, column: 2 }), whole, { layout: LAYOUT, validate, findLarge: () => [], ...more });

  it("returns the records that it can read", () => {
    expect(checked('{"id":"a"},\n{"id":"b","n":1}')).toEqual({
      ...{ problems: [], warnings: [], unreadable: 0, stopped: false },
      records: [{ id: "a" }, { id: "b", n: 1 }],
    });
  });

  it("locates the problems of each record", () => {
    const { problems, records, unreadable } = checked('{"id":1},\n{"id":"b","n":"x"},\n7');
    expect(problems.map(({ line, column, field }) => [line, column, field])).toEqual([
      [3, 8, "id"],
      [4, 15, "n"],
      [5, 1, undefined],
    ]);
    expect([records.length, unreadable]).toEqual([2, 1]);
  });

  it("reports the first syntax error, but not what follows it", () => {
    const { problems, unreadable } = checked('{"id":"a" "n":1},\n{"id":"b"}');
    expect(problems).toHaveLength(1);
    expect(unreadable).toBe(1);
    expect(checked('{"id":"a"},\n{"id":"b"}},\n"n":1,"m":2').problems).toHaveLength(1);
    expect(checked('{"id":"a" "n":1},\n{"id":5}').problems.map(({ line }) => line)).toEqual([3, 4]);
  });

  it("separates warnings from problems", () => {
    const { problems, warnings } = checked('{"id":"MÃ¼nchen"},{"id":"a\\ufffd"}');
    expect(problems.map(({ field }) => field)).toEqual(["id"]);
    expect(warnings.map(({ column, field }) => [column, field])).toEqual([[8, "id"]]);
    expect(checked('{"id":"MÃ¼nchen"}', { layout: FIRST_LAYOUT }).warnings).toEqual([]);
  });

  it("reports numbers that a format cannot store if there are no other problems", () => {
    const findLarge = () => [{ path: ["n"], message: "too large" }];
    expect(checked('{"id":"a","n":5}', { findLarge }).problems).toMatchObject([{ field: "n", message: "too large" }]);
    expect(checked('{"id":"a","n":"x"}', { findLarge }).problems).toHaveLength(1);
    expect(checked('{"id":"a","n":1,"n":2}', { findLarge }).problems).toHaveLength(1);
    expect(checked('{"id":"a","n":1,"n":2}', { findLarge }).problems[0]?.message).not.toBe("too large");
  });
});

import { describe, expect, it } from "vitest";
import { findRecords } from "../../../lib/engine/find-records.ts";
import { batchOf, plan } from "./record-plan.ts";

describe("findRecords", () => {
  const bytes = '{"id":"a",\n"river":"rhine"},\n{"n":1,\n"id":"b","all":["elbe","rhine"],"parts":[{"of":"rhine"}]},\n7';
  const at = { line: 10, column: 3 };

  it("finds records by key", () => {
    expect(findRecords(plan, batchOf(bytes, at), { keys: new Set(["b", "z"]) })).toEqual([
      { line: 13, column: 6, field: "id", message: "", key: "b" },
    ]);
    expect(findRecords(plan, batchOf(bytes, at), { keys: new Set(["a"]) })).toMatchObject([{ line: 10, column: 9 }]);
    expect(findRecords(plan, batchOf("{"), { keys: new Set(["a"]) })).toEqual([]);
  });

  it("finds references, each with its place", () => {
    const found = findRecords(plan, batchOf(bytes, at), { table: "rivers", keys: new Set(["rhine"]) });
    expect(found.map(({ line, field, key }) => [line, field, key])).toEqual([
      [11, "river", "rhine"],
      [13, "all[1]", "rhine"],
      [13, "parts[0].of", "rhine"],
    ]);
    expect(findRecords(plan, batchOf(bytes), { table: "numbers", keys: new Set(["rhine"]) })).toEqual([]);
  });
});

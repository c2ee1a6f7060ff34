import { describe, expect, it } from "vitest";
import { recordReferenceColumns, recordReferencePath, recordReferences } from "../../../lib/engine/record-references.ts";
import { plan } from "./record-plan.ts";

describe("references of records", () => {
  const columns = recordReferenceColumns(plan);
  const of = (path: string, record: object) => {
    const column = columns.find((one) => one.path.join(".") === path);
    if (!column) throw new Error(`There is no column ${path}`);
    return recordReferences(record as never, column).map((reference) => [reference.key, recordReferencePath(column, reference).join(".")]);
  };

  it("are in the columns that refer to a table", () => {
    expect(columns.map(({ path, references }) => [path.join("."), references])).toEqual([
      ["river", "rivers"],
      ["number", "numbers"],
      ["all", "rivers"],
      ["parts", "rivers"],
    ]);
  });

  it("are values of the type of their column, with their paths", () => {
    expect(of("river", { river: "rhine" })).toEqual([["rhine", "river"]]);
    expect(of("number", { number: 7 })).toEqual([["7", "number"]]);
    expect(of("all", { all: ["a", 1, null, "b"] })).toEqual([
      ["a", "all.0"],
      ["b", "all.3"],
    ]);
    expect(of("parts", { parts: [{ of: "a" }, {}, { of: null }] })).toEqual([["a", "parts.0.of"]]);
  });

  it.each([
    ["river", { river: 1 }],
    ["river", { river: null }],
    ["river", {}],
    ["number", { number: "7" }],
    ["all", { all: "a" }],
    ["all", {}],
  ])("do not exist in %s of %j", (path, record) => {
    expect(of(path, record)).toEqual([]);
  });
});

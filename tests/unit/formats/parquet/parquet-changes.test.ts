import { describe, expect, it } from "vitest";
import { parquetChanges } from "../../../../lib/formats/parquet/parquet-changes.ts";
import { sqliteChanges } from "../../../../lib/formats/sqlite/sqlite-changes.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { planOf } from "../plan-of.ts";

const text: Schema = { type: "string" };

describe("columns with another type than before", () => {
  const retyped = (old: Record<string, Schema>, now: Record<string, Schema>): (string | undefined)[] =>
    [parquetChanges("t.parquet", planOf(old), planOf(now)), sqliteChanges("d.sqlite", planOf(old), planOf(now))].map((changes) => {
      expect(changes.every(({ table, column }) => table === "t" && column === "c")).toBe(true);
      return changes.map(({ kind, change }) => `${kind}: ${change}`).join("; ") || undefined;
    });

  it.each<[Schema, Schema, string | undefined, string | undefined]>([
    [text, text, undefined, undefined],
    [
      { type: "integer" },
      { type: "number" },
      "t.parquet: column c was INT64 and is DOUBLE",
      "d.sqlite: column c of t was INTEGER and is REAL",
    ],
    [
      { type: "boolean" },
      { type: "integer" },
      "t.parquet: column c was BOOLEAN and is INT64",
      "d.sqlite: column c of t was 1 or 0 and is INTEGER",
    ],
    [text, { ...text, format: "date" }, "t.parquet: column c was STRING and is DATE", undefined],
    [text, { type: ["string", "integer"] }, "t.parquet: column c was STRING and is JSON", "d.sqlite: column c of t was TEXT and is ANY"],
  ])("are reported from %j to %j", (old, now, parquet, sqlite) => {
    expect(retyped({ c: old }, { c: now })).toEqual([parquet, sqlite].map((change) => change && `column-retyped: ${change}`));
  });

  it("are reported as lists with the type of their items", () => {
    expect(retyped({ c: text }, { c: { type: "array", items: text } })).toEqual([
      "column-retyped: t.parquet: column c was STRING and is LIST<STRING>",
      "column-retyped: d.sqlite: column c of t was TEXT and is JSON",
    ]);
  });

  it("are not reported if the column was removed", () => {
    expect(retyped({ c: text }, {})).toEqual([undefined, undefined]);
    expect(retyped({}, { c: text })).toEqual([undefined, undefined]);
  });
});

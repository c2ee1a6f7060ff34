import { describe, expect, it } from "vitest";
import { viewRecords } from "../../../lib/check/view-records.ts";
import type { View } from "../../../lib/dataset/view.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };

describe("viewRecords", () => {
  const record: Record<string, Schema> = {
    id: text,
    yes: { type: "boolean" },
    n: { type: "number" },
    list: { type: "array", items: text },
    inner: { type: "object" },
  };
  const plan = planTable("v", {
    type: "object",
    properties: { v: { type: "array", primaryKey: ["id"], items: { type: "object", properties: record } } },
  });
  const view = { file: "views/v.sql", name: "v" } as View;
  const columns = Object.keys(record);
  const made = (rows: unknown[][], returned = columns) =>
    viewRecords(view, plan, { columns: returned, rows: rows as never, count: rows.length });
  const problems = (rows: unknown[][], returned = columns) =>
    made(rows, returned).problems.map(({ file, message, remedy }) => {
      expect(file).toBe("views/v.sql");
      return `${message} | ${remedy}`;
    });

  it("returns records with columns in the order of the schema", () => {
    const { records, lines, problems } = made(
      [
        ["[1,\n2]", 1, "a", 2.5, '{"x":\r\n1}'],
        [null, 0, "b", null, null],
      ],
      ["list", "yes", "id", "n", "inner"],
    );
    expect(problems).toEqual([]);
    expect(records).toEqual([
      { id: "a", yes: true, n: 2.5, list: [1, 2], inner: { x: 1 } },
      { id: "b", yes: false },
    ]);
    expect(lines).toEqual(['{"id":"a","yes":true,"n":2.5,"list":[1, 2],"inner":{"x":  1}}', '{"id":"b","yes":false}']);
  });

  it("keeps values of the wrong type, which the check of records reports", () => {
    expect(made([["a", 2, "x", "no list", "{"]]).records).toEqual([{ id: "a", yes: 2, n: "x", list: "no list", inner: "{" }]);
  });

  it("reports missing, unknown and duplicate columns", () => {
    expect(problems([], ["id", "id", "yes", "n", "list", "inner"])).toEqual([
      'It returns two columns with the name "id" | Rename one with AS.',
    ]);
    expect(problems([], ["id", "yes", "n", "lists", "inner"])).toEqual([
      'It returns the column "lists", which views/v.json does not describe | Did you mean "list"?',
    ]);
    expect(problems([], ["id", "yes", "n", "list"])).toEqual([
      'It does not return the column "inner" of views/v.json | Return it: … AS "inner".',
    ]);
    expect(problems([], [...columns, "zzzzzzz"])).toEqual([
      'It returns the column "zzzzzzz", which views/v.json does not describe | Describe it in views/v.json, or do not return it.',
    ]);
  });

  it("reports the first value that a record cannot represent, and counts the others", () => {
    const row = (id: string, n: unknown): unknown[] => [id, 1, n, null, null];
    expect(problems([row("a", 1), row("b", 2n ** 60n + 1n)])).toEqual([
      'Row 2 (id "b"), column "n": Too many digits: 1152921504606846977 would be read as 1152921504606846976 | Return it as text: CAST(… AS TEXT), in a column of type string.',
    ]);
    expect(problems([row("a", new Uint8Array(2)), row("b", new Uint8Array(1)), row("c", new Uint8Array(1))])).toEqual([
      'Row 1 (id "a"), column "n": Expected a JSON value, found bytes that are not text (and 2 more of this column) | Return text: hex(…) writes bytes as text.',
    ]);
    expect(problems([row("a", Number.POSITIVE_INFINITY)])).toEqual([
      'Row 1 (id "a"), column "n": The number is infinite, which JSON cannot represent | Return a finite number, or NULL for no value.',
    ]);
    expect(made([row("a", Number.POSITIVE_INFINITY)])).toMatchObject({ records: [], lines: [] });
  });
});

import { describe, expect, it } from "vitest";
import { pageKeywordProblems } from "../../../lib/dataset/page-keyword-problems.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

const noted = (note: unknown): Schema => ({ type: "string", enum: ["a"], values: { a: note } }) as Schema;

/** The problems of a table with a column `c`: the path below the table, and the message. */
const said = (column: Schema, more: object = {}): [string, string][] =>
  pageKeywordProblems("t", { properties: { t: { items: { properties: { c: column } }, ...more } } } as Schema).map(({ path, message }) => [
    path.slice(2).join("/"),
    message,
  ]);

describe("notes on values", () => {
  it("may be a title, a description, a tone and a level", () => {
    expect(said(noted({ title: "A", description: "a", tone: "partial", level: 4 }))).toEqual([]);
    expect(said(noted({}))).toEqual([]);
  });

  it.each([
    ["text", '"title" and "description" of "a" must be texts'],
    [{ title: 1 }, '"title" and "description" of "a" must be texts'],
    [{ description: null }, '"title" and "description" of "a" must be texts'],
    [{ tone: "purple" }, 'unknown tone "purple" of "a"'],
    [{ level: 5 }, 'invalid level 5 of "a"'],
    [{ level: 0.5 }, 'invalid level 0.5 of "a"'],
  ])("are refused if they are %j", (note, message) => {
    expect(said(noted(note))).toEqual([["items/properties/c/values/a", `t.c: ${message}`]]);
  });

  it("are checked in lists and objects", () => {
    expect(said({ type: "array", items: noted({ level: 9 }) })).toEqual([
      ["items/properties/c/items/values/a", 't.c: invalid level 9 of "a"'],
    ]);
    expect(said({ type: "object", properties: { d: noted({ level: 9 }) } })).toEqual([
      ["items/properties/c/properties/d/values/a", 't.c.d: invalid level 9 of "a"'],
    ]);
    expect(said({ values: [] } as never)).toEqual([["items/properties/c/values", '"values" of t.c is not an object']]);
  });
});

describe("full-text search of a column", () => {
  it("is true or absent", () => {
    expect(said({ type: "string", search: true })).toEqual([]);
    expect(said({ type: "string", search: "yes" as never })).toEqual([["items/properties/c/search", '"search" of t.c is "yes"']]);
  });

  it("fails when SQLite reserves the name of the column", () => {
    const schema = { type: "object", properties: { rank: { type: "string", search: true } } };
    expect(said(schema)).toEqual([]);
    const root = { properties: { t: { type: "array", items: schema } } } as Schema;
    expect(pageKeywordProblems("t", root).map(({ message }) => message)).toEqual(["t.rank cannot be searched: FTS5 reserves its name"]);
  });
});

describe("the board of a table", () => {
  it("has a title, and may name columns", () => {
    for (const board of [{ title: "B" }, { title: "B", property: "c", columns: ["x"], first: ["z"], otherwise: "y" }])
      expect(said({ type: "string" }, { board })).toEqual([]);
    for (const board of [
      "B",
      {},
      { title: "B", property: 1 },
      { title: "B", columns: "x" },
      { title: "B", columns: [1] },
      { title: "B", first: [1] },
    ])
      expect(said({ type: "string" }, { board }), JSON.stringify(board)).toEqual([["board", 'The board of "t" is invalid']]);
  });
});

import { describe, expect, it } from "vitest";
import { ColumnStatistics } from "../../../lib/csv-import/column-statistics.ts";
import { inferColumn } from "../../../lib/csv-import/infer-column.ts";
import { isCodeName } from "../../../lib/csv-import/is-code-name.ts";
import { isAssignedCodeName, isExactKeyName, isFirstKeyName, isKeyName } from "../../../lib/csv-import/is-key-name.ts";
import { compositeKeyCandidates, singleKeyCandidates } from "../../../lib/csv-import/key-candidate.ts";

const columnsOf = (columns: Record<string, string[]>) =>
  Object.entries(columns).map(([name, cells], index) => {
    const statistics = new ColumnStatistics();
    for (const [i, cell] of cells.entries()) statistics.add(cell, i + 2);
    const inferred = inferColumn(statistics, { name, locale: { decimal: "point", delimiter: "," } });
    return { index, name, inferred, statistics, isUnique: new Set(cells).size === cells.length };
  });
const names = (columns: Record<string, string[]>): string[] => singleKeyCandidates(columnsOf(columns)).map(({ name }) => name);
const together = (columns: Record<string, string[]>): string[] =>
  compositeKeyCandidates(columnsOf(columns)).map((key) => key.map(({ name }) => name).join("+"));

it("recognizes the names of codes and of keys", () => {
  expect(["id", "key", "code", "uuid", "guid"].filter((name) => !isExactKeyName(name))).toEqual([]);
  expect(["town_id", "iso_code", "x_key", "lfd_nr", "id"].filter((name) => !isKeyName(name))).toEqual([]);
  expect(["zip", "home_zipcode", "isbn", "plz", "nr", "sku"].filter((name) => !isCodeName(name))).toEqual([]);
  expect(["paid", "idea", "monkey", "decode", "number", "year"].filter((name) => isCodeName(name) || isKeyName(name))).toEqual([]);
  expect(["sku", "isbn", "doi", "ean", "book_isbn", "kennung"].filter((name) => !isAssignedCodeName(name))).toEqual([]);
  const first = ["nr", "no", "number", "ref", "sample_no", "sku", "isbn", "doi", "kennung", "artikelnummer", "town_id"];
  expect(first.filter((name) => !isFirstKeyName(name))).toEqual([]);
  expect(["name", "notes", "prefer", "town", "year", "piano"].filter((name) => isFirstKeyName(name) || isAssignedCodeName(name))).toEqual(
    [],
  );
});

describe("single columns", () => {
  const long = ["a".repeat(61), "b"];
  it.each<[string, Record<string, string[]>, string[]]>([
    ["an exact name before all", { a: ["x", "y"], id: ["1", "2"] }, ["id", "a"]],
    ["a code before names, wherever it stands", { name: ["New A", "New B"], b: ["x y", "z"], iso: ["af", "al"] }, ["iso", "name", "b"]],
    ["sentences last", { t: long, n: ["x y", "z"] }, ["n", "t"]],
    ["no empty cells, none that stands twice", { a: ["x", ""], b: ["x", "x"], c: ["x", "y"] }, ["c"]],
    ["no amounts but in the first column", { a: ["x", "x"], n: ["1", "2"], v: ["1.5", "2.5"] }, []],
    ["whole numbers in the first column", { n: ["1", "2"] }, ["n"]],
    ["no fractions, not even there", { v: ["1.5", "2.5"] }, []],
    [
      "no amounts that stay text",
      { a: ["x", "x"], votes: ["1,200", "85"], gross: ["$5", "$6"], run: ["9 min", "8 min"], b: ["x", "y"] },
      ["b"],
    ],
    ["such amounts in the first column, or called so", { a: ["9 A", "8 A"], x_id: ["1,200", "85"] }, ["x_id", "a"]],
    ["a late number that is called so", { a: ["x", "x"], b: ["x", "x"], c: ["x", "x"], geo_id: ["1", "2"] }, ["geo_id"]],
  ])("are tried in this order: %s", (_what, columns, order) => {
    expect(names(columns)).toEqual(order);
  });
});

describe("several columns", () => {
  it("are codes, days and years, names, whole numbers, sentences", () => {
    expect(together({ n: ["1", "22"], name: ["A", "B"], day: ["2020-01-01", "2020-01-02"], x_id: ["a", "b"] })).toEqual([
      "day+x_id",
      "name+x_id",
      "name+day",
      "name+day+x_id",
      "n+x_id",
      "n+day",
      "n+name",
      "n+day+x_id",
      "n+name+x_id",
      "n+name+day",
    ]);
  });
  it("exclude fractions, booleans and columns with empty cells", () => {
    expect(together({ v: ["1.5", "2"], p: ["1%", "2%"], f: ["true", "false"], e: ["a", ""], a: ["x", "y"], b: ["x", "y"] })).toEqual([
      "a+b",
    ]);
  });
  it("are limited to ten", () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`c${i}`, ["x", "y"]]));
    expect(together(many).length).toBe(45 + 120);
  });
});

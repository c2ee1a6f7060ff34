import { expect, it } from "vitest";
import { columnNameFrom, columnNames } from "../../../lib/csv-import/column-names.ts";

it("makes unique names that suit programs, in the script of the header", () => {
  const headers = ["Area (km²)", "Größe", "Île", "ID", "id", "2020", "Дата", "", "面積", "__proto__", "  ", "Id"];
  expect(columnNames(headers).map(({ name }) => name)).toEqual([
    "area_km2",
    "grosse",
    "ile",
    "id",
    "id_2",
    "x2020",
    "дата",
    "column_8",
    "面積",
    "proto",
    "column_11",
    "id_3",
  ]);
  expect(columnNames(headers).flatMap(({ note }) => note ?? [])).toEqual([
    "another column is already called id (line 1)",
    "has no header (line 1)",
    "has no header (line 1)",
    "another column is already called id (line 1)",
  ]);
});

it("truncates names to sixty characters without splitting one", () => {
  expect(columnNameFrom("a".repeat(61))).toBe("a".repeat(60));
  expect(columnNameFrom(`${"a".repeat(59)}𝒳x`)).toBe(`${"a".repeat(59)}x`);
  expect(columnNameFrom(`${"a".repeat(59)}𠀀`)).toBe("a".repeat(59));
  expect(columnNameFrom("Łódź æther œuvre đ ð þ")).toBe("lodz_aether_oeuvre_d_d_th");
  expect(columnNameFrom("_a_-_b_")).toBe("a_b");
  expect(columnNameFrom("!?")).toBe("");
});

it("names columns that look the same so that people can tell them apart", () => {
  expect(columnNames(["name", "n\u0430me"])).toEqual([
    { name: "name" },
    { name: "name_2", note: "looks like another column, name (line 1): one has a \u0430 (U+0430)" },
  ]);
  expect(columnNames(["aeo", "\u0430\u0435\u043e"])[1]).toEqual({ name: "aeo_2", note: "looks like another column, aeo (line 1)" });
  expect(columnNames(["name_2", "name", "n\u0430me"]).map(({ name }) => name)).toEqual(["name_2", "name", "name_3"]);
});

it("names the line of the headers", () => {
  expect(columnNames(["v", "", "v"], 4).map(({ note }) => note)).toEqual([
    undefined,
    "has no header (line 4)",
    "another column is already called v (line 4)",
  ]);
});

it("names columns whose header is only a sign", () => {
  expect(columnNames(["#", "%", "§"]).map(({ name }) => name)).toEqual(["number", "percent", "column_3"]);
});

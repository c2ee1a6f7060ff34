import { expect, it } from "vitest";
import type { JsonRecord } from "../../../lib/formats/value.ts";
import { type Given, pagesOf } from "../site/pages-of.ts";
import { statementTables } from "../site/table-schema.ts";

// The order of the answer is not that of the file, and the last statement has no card.
const STATEMENTS: JsonRecord[] = ["a", "b", "c", "d", "e", "A"].map((id, i) => ({
  ...{ id, subject: i % 2 ? "x" : "y", property: i < 3 ? "Age" : "Name", value: `${i}`, source: `s${i % 3}` },
}));
const given = (statements: JsonRecord[]): Given => ({
  dataset: { name: "d", title: "D", description: "D", licenses: [{ name: "CC0-1.0" }] },
  schema: {
    properties: statementTables("statements"),
  },
  tables: { statements, people: [{ id: "x" }, { id: "y" }], books: [{ id: "s0" }, { id: "s1" }, { id: "s2" }] },
});
const repository = { url: "https://git.example/a/b", folder: "data/d" };

it("a later release rewrites the rows of a version as an open page of it expects them", async () => {
  const shown = { repository, lines: "/lines.json" };
  const newest = await pagesOf(given(STATEMENTS), shown);
  const releases = ["1.1.0", "1.0.0"].map((version) => ({ version, date: "2026-01-02T03:04:05Z", level: "minor" }));
  const later = await pagesOf(given(STATEMENTS), { ...shown, isNewest: false, catalogue: { releases } });
  const [open, closed] = [newest.page.main?.model, later.page.main?.model];
  expect([open?.cards, closed?.cards]).toEqual(["/d/statements/", undefined]);
  expect(newest.rest).toContain('"isWithoutCard":true');
  expect(later.rest).toBe(newest.rest);
  expect(JSON.parse(later.rest ?? "[]")[0]).toBe(open?.rest);
});

it("other values of a filter give the rows another address", async () => {
  const addressOf = async (statements: JsonRecord[]) => (await pagesOf(given(statements))).page.main?.model.rest;
  const [first, ...others] = STATEMENTS;
  expect(await addressOf([{ ...first, property: "Another" }, ...others])).not.toBe(await addressOf(STATEMENTS));
});

import { expect, it } from "vitest";
import type { Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { foundIn } from "../../../../lib/site/explorer/found-in.ts";
import { searchWords } from "../../../../lib/site/explorer/search-words.ts";

const row: Row = {
  id: "a",
  cells: ["Panama", "Americas"],
  in: [],
  more: [
    ["Capital", "Panamá"],
    ["Currency", "Balboa, US Dollar"],
    ["Note", `dollars ${"x".repeat(200)}`],
  ],
};
const found = (text: string): string | undefined => foundIn(row, searchWords(text));

it("a row shows the detail in which it was found, unless its columns have the words", () => {
  expect([found("DOLLAR"), found("americas dollar"), found("panama"), found(""), found("euro")]).toEqual([
    "Currency: Balboa, US Dollar",
    "Currency: Balboa, US Dollar",
    undefined,
    undefined,
    undefined,
  ]);
});

it("a long detail is cut", () => {
  expect(found("dollars")).toBe(`Note: dollars ${"x".repeat(112)}…`);
});

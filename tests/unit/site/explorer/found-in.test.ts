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

it("a long detail is cut around the word, between characters", () => {
  expect(found("dollars")).toBe(`Note: dollars ${"x".repeat(112)}…`);
  const long = (text: string): Row => ({ ...row, more: [["Note", text]] });
  const foundAt = (text: string, search: string): string | undefined => foundIn(long(text), searchWords(search));
  expect(foundAt(`${"😀".repeat(200)} Néedle ${"x".repeat(200)}`, "needle")).toBe(`Note: …${"😀".repeat(29)} Néedle ${"x".repeat(83)}…`);
  expect(foundAt(`${"x".repeat(200)} needle`, "needle")).toBe(`Note: …${"x".repeat(113)} needle`);
});

it("dates and numbers are found in details in any form, and not if the columns have them in another", () => {
  const opened: Row = {
    ...row,
    more: [
      ["Opened", "15 Sep 2020"],
      ["Visitors", "2,500,000"],
    ],
  };
  expect([foundIn(opened, searchWords("2020-09-15")), foundIn(opened, searchWords("2500000"))]).toEqual([
    "Opened: 15 Sep 2020",
    "Visitors: 2,500,000",
  ]);
  const shown: Row = { ...row, cells: ["15 Sep 2020"], more: [["Note", "since 2020-09-15"]] };
  expect(foundIn(shown, searchWords("2020-09-15"))).toBeUndefined();
});

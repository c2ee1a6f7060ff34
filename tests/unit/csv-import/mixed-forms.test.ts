import { expect, it } from "vitest";
import { MixedForms } from "../../../lib/csv-import/mixed-forms.ts";

function notesOf(...cells: string[]): string[] {
  const forms = new MixedForms();
  for (const [i, cell] of cells.entries()) forms.add(cell, i + 2);
  return forms.notes;
}
const note = (what: string, first: string, second: string): string[] => [
  `kept as text: ${what} written in several ways, such as ${first} and ${second}; write them all alike`,
];

it.each<[string[], string[]]>([
  [["12", "< 5", "7,5", "< 6"], note("numbers", '"12" (line 2, and 1 more)', '"< 5" (line 3, and 1 more)')],
  [["< 5", "5 %"], note("numbers", '"< 5" (line 2)', '"5 %" (line 3)')],
  [["2020-09", "15.9.20"], note("days or times", '"2020-09" (line 2)', '"15.9.20" (line 3)')],
  [["15.9.20", "2020-09-15", "2020-10"], note("days or times", '"15.9.20" (line 2)', '"2020-09-15" (line 3, and 1 more)')],
])("names the first cells of two forms: %j", (cells, notes) => {
  expect(notesOf(...cells)).toEqual(notes);
});

it.each<[string, string[]]>([
  ["no cells", []],
  ["one form", ["12", "-7,5"]],
  ["one form that is not plain", ["< 5", "< 6"]],
  ["a cell of no form", ["12", "< 5", "much"]],
  ["a cell of no form before others", ["much", "12", "< 5"]],
  ["numbers beside days", ["12", "15.9.20"]],
  ["a cell that only holds a number", ["< 5", "a12"]],
  ["a cell that only begins with a number", ["< 5", "12a"]],
  ["a cell that only holds a day", ["15.9.20", "x2020-09"]],
  ["a cell that only begins with a day", ["15.9.20", "2020-09x"]],
])("reports nothing for %s", (_what, cells) => {
  expect(notesOf(...cells)).toEqual([]);
});

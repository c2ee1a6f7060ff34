import { expect, it } from "vitest";
import { ColumnStatistics } from "../../../lib/csv-import/column-statistics.ts";
import { dayNumberNotes } from "../../../lib/csv-import/day-number-notes.ts";

function noteOf(name: string, cells: readonly string[], type = "integer"): string | undefined {
  const statistics = new ColumnStatistics();
  for (const [i, cell] of cells.entries()) statistics.add(cell, i + 2);
  const notes = dayNumberNotes(name, { type }, statistics);
  expect(notes.length).toBeLessThan(2);
  return notes[0];
}
const SERIAL = "numbers of five digits: if they are Excel dates, format the column as a date there and save it again";
const COMPACT = "numbers of eight digits: if they are days, write 20200915 as 2020-09-15";
const EPOCH = "numbers of ten or thirteen digits: if they are times since 1970, write them as 2020-09-15T12:00:00Z";

it.each<[string, string[], string | undefined]>([
  ["date", ["44197", "44198"], SERIAL],
  ["end_date", ["44197"], SERIAL],
  ["time", ["44197.5"], SERIAL],
  ["count", ["44197", "44198"], undefined],
  ["candidate", ["44197"], undefined],
  ["dates", ["44197"], undefined],
  ["beat_time", ["20200915"], COMPACT],
  ["since_when", ["20200915"], COMPACT],
  ["lifetime", ["20200915"], undefined],
  ["times", ["20200915"], undefined],
  ["count", ["20200915", "20200916", "20200917", "20200918"], undefined],
  ["count", ["20200915", "20200916", "20200917", "20200918", "20200919"], COMPACT],
  ["created_at", ["1600000000", "1600000000000"], EPOCH],
  ["born", ["1600000000"], EPOCH],
  ["count", ["1600000000", "1600000001", "1600000002", "1600000003", "1600000004"], undefined],
  ["date", ["7", "8"], undefined],
])("treats numbers as days or times by the name %s and the cells %j", (name, cells, note) => {
  expect(noteOf(name, cells)).toBe(note);
});

it("applies to numbers only", () => {
  expect(noteOf("date", ["44197.5"], "number")).toBe(SERIAL);
  expect(noteOf("date", ["44197"], "string")).toBeUndefined();
});

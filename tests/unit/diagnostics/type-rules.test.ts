import { expect, it } from "vitest";
import { typeRules } from "../../../lib/diagnostics/rules/type-rules.ts";

it.each([
  ["integer", "12", "Remove the quotes: 12."],
  ["integer", "1,200", "Write 1200, without quotes or thousands separators."],
  ["integer", "1'200'000", "Write 1200000, without quotes or thousands separators."],
  ["integer", "1.5", "Write digits only, like 1200."],
  ["integer", "1,5", "Write digits only, like 1200."],
  ["integer", "many", "Write digits only, like 1200."],
  ["number", "1.5", "Remove the quotes: 1.5."],
  ["number", "+1,5", "Write 1.5, with a point and without quotes."],
  ["number", "-1.200", "Remove the quotes: -1.200."],
  ["number", "many", "Write digits only, like 1200 or 0.5."],
  ["number", "n/a", "If the value is not known, remove this column from the record."],
  ["integer", " - ", "If the value is not known, remove this column from the record."],
])("for a column of type %s, the text %j leads to: %s", (type, text, remedy) => {
  expect(typeRules.number([type], text).remedy).toBe(remedy);
});

const texts = { type: "string" } as const;

it.each([
  ["red", 'Write ["red"].'],
  ["red, white", 'Write ["red, white"], or ["red", "white"] if these are 2.'],
  ["a; b|c", 'Write ["a; b|c"], or ["a", "b", "c"] if these are 3.'],
  ["red,", 'Write ["red,"].'],
])("for a list of texts, the text %j leads to: %s", (text, remedy) => {
  expect(typeRules.list(["array"], text, texts).remedy).toBe(remedy);
});

it.each([
  ["date", 20200915, 'Write "2020-09-15", in quotes.'],
  ["edtf", 20200915, 'Write "2020-09-15", in quotes.'],
  ["date", 20260230, 'Write year, month and day in quotes: "2020-12-22".'],
  ["date", 2020, 'Write year, month and day in quotes: "2020-12-22".'],
  [
    "date",
    43832,
    'Write year, month and day in quotes: "2020-12-22". Excel saves days as such numbers if their cells are not formatted as dates.',
  ],
  ["date", 20240229, 'Write "2024-02-29", in quotes.'],
  ["date", 20201399, 'Write year, month and day in quotes: "2020-12-22".'],
  ["edtf", 2020, 'Put it in quotes: "2020".'],
  ["uri", 20200915, 'Put it in quotes: "20200915".'],
])("for a text of format %s, the number %i leads to: %s", (format, number, remedy) => {
  expect(typeRules.text(["string"], number, { ...texts, format }).remedy).toBe(remedy);
});

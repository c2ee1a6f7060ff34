import { expect, it } from "vitest";
import { cellNumber } from "../../../../lib/site/explorer/cell-number.ts";
import { dayNumber } from "../../../../lib/site/explorer/day-number.ts";

it.each<[string, Parameters<typeof cellNumber>[1], number | undefined]>([
  ["1,234.5", "number", 1234.5],
  ["−5 km", "number", -5],
  ["-5", undefined, -5],
  ["2020", "number", 2020],
  ["2020", "date", dayNumber("2020-1-1")],
  ["15 Sep 2020", undefined, dayNumber("2020-9-15")],
  ["about 5", "number", undefined],
  ["No. −5", undefined, undefined],
  ["5 days", "date", undefined],
  ["", "number", undefined],
])("reads %j of a column of the kind %s", (text, kind, value) => {
  expect(cellNumber(text, kind)).toBe(value);
});

import { describe, expect, it } from "vitest";
import { dayNumber, dayNumberOfText } from "../../../../lib/site/explorer/day-number.ts";
import { humanDate, humanTime } from "../../../../lib/site/explorer/human-date.ts";

describe("humanDate", () => {
  it.each([
    ["2020-09-15", "15 Sep 2020"],
    ["2020-09-05", "5 Sep 2020"],
    ["2020-12", "Dec 2020"],
    ["2020", "2020"],
    ["2020-01/2021-03-02", "Jan 2020 – 2 Mar 2021"],
    ["2020/..", "2020 – .."],
    ["unknown", "unknown"],
    ["", ""],
  ])("of %s is %s", (text, expected) => {
    expect(humanDate(text)).toBe(expected);
  });
});

describe("humanTime", () => {
  it.each([
    ["2025-06-15T05:00:00Z", "15 Jun 2025, 05:00 UTC"],
    ["2025-06-15t05:30:12z", "15 Jun 2025, 05:30:12 UTC"],
    ["2025-06-15T05:00+02:00", "15 Jun 2025, 05:00 +02:00"],
    ["2025-06-15 05:00:00.5", "15 Jun 2025, 05:00:00.5"],
    ["2025-06-15T00:00", "15 Jun 2025, 00:00"],
    ["2025-06-15", "2025-06-15"],
    ["x2025-06-15T05:00", "x2025-06-15T05:00"],
    ["2025-06-15T05:00x", "2025-06-15T05:00x"],
  ])("of %s is %s", (text, expected) => {
    expect(humanTime(text)).toBe(expected);
  });
});

describe("dayNumber", () => {
  it("counts days as the calendar does, over leap years and centuries", () => {
    for (const day of ["1970-01-01", "1969-12-31", "2000-02-29", "2000-03-01", "1900-02-28", "1900-03-01", "2400-02-29", "0400-12-31"])
      expect([day, dayNumber(day)]).toEqual([day, Date.parse(`${day}T00:00:00Z`) / 86_400_000]);
    for (let day = 0; day < 800; day += 1) expect(dayNumber(new Date(day * 86_400_000).toISOString().slice(0, 10))).toBe(day);
  });

  it("uses the first day of a month or a year", () => {
    expect([dayNumber("2020-05"), dayNumber("2020")]).toEqual([dayNumber("2020-05-01"), dayNumber("2020-01-01")]);
  });
});

describe("dayNumberOfText", () => {
  it.each([
    ["2020-09-15", "2020-09-15"],
    ["2020-12", "2020-12-01"],
    ["2020", "2020-01-01"],
    ["2020-01/2021-03-02", "2020-01-01"],
    ["2019/2021", "2019-01-01"],
  ])("reads what humanDate wrote of %s", (text, first) => {
    expect(dayNumberOfText(humanDate(text))).toBe(dayNumber(first));
  });

  it("reads the time of a day, and nothing else", () => {
    expect(dayNumberOfText(humanTime("2025-06-15T06:30:00Z"))).toBe(dayNumber("2025-06-15") + 6.5 / 24);
    for (const text of ["12345", "20200", "x 2020", "Foo 2020", "15 sep 2020", "2020 x", ""])
      expect([text, dayNumberOfText(text)]).toEqual([text, undefined]);
  });
});

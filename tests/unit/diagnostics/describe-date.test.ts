import { describe, expect, it } from "vitest";
import { describeDate } from "../../../lib/diagnostics/describe-date.ts";
import { formatRules } from "../../../lib/diagnostics/rules/format-rules.ts";

/** The dates that are suggested for a text. */
const suggested = (text: string, dayNeeded = false): string[] => {
  const { rule, remedy = "" } = describeDate(text, dayNeeded);
  if (rule !== formatRules.dateOrder.anchor) return [];
  return [...remedy.matchAll(/"([^"]+)"/g)].map(([, date = ""]) => date);
};

describe("describeDate", () => {
  it.each<[string, string[]]>([
    ["2020/3", ["2020-03"]],
    ["2020.12", ["2020-12"]],
    ["3/2020", ["2020-03"]],
    ["12 2020", ["2020-12"]],
    ["20200315", ["2020-03-15"]],
    ["2020/3/5", ["2020-03-05"]],
    ["2020-03-15T10:00:00Z", ["2020-03-15"]],
    ["2020.3.15 10:00", ["2020-03-15"]],
    // There is no month 15.
    ["2020/15/03", ["2020-03-15"]],
    ["15.3.2020", ["2020-03-15"]],
    ["3/15/2020", ["2020-03-15"]],
    ["3/4/2020", ["2020-04-03", "2020-03-04"]],
    ["4. 4. 2020", ["2020-04-04"]],
    ["15 March 2020", ["2020-03-15"]],
    ["1st of Sept. 2020", ["2020-09-01"]],
    ["2nd jan 2020", ["2020-01-02"]],
    ["3. Februar 2020", ["2020-02-03"]],
    ["3. Mai 2020", []],
    ["March 15, 2020", ["2020-03-15"]],
    ["Sept 3rd 2020", ["2020-09-03"]],
    ["Dec. 2020", ["2020-12"]],
    ["may 2020", ["2020-05"]],
    ["Ma 2020", []],
    ["2020‑03‑15", ["2020-03-15"]],
    ["2020–03–15", ["2020-03-15"]],
    [" 2020-03-15 ", ["2020-03-15"]],
    ["2020-03\u200b-15", ["2020-03-15"]],
    ["2020–2021", ["2020/2021"]],
    ["2020-2021", ["2020/2021"]],
    ["2020 to 2021", ["2020/2021"]],
    ["2020-12-22/24", ["2020-12-22/2020-12-24"]],
    ["March 2020 – May 2020", ["2020-03/2020-05"]],
    ["2020 - 2021 - 2022", []],
    ["2021-2020", []],
    ["13/13/2020", []],
    ["soon", []],
    ["AD 70", ["0070"]],
    ["800 CE", ["0800"]],
    ["14 n. Chr.", ["0014"]],
    ["1 BC", ["0000"]],
    ["12020", []],
  ])("suggests for %j: %j", (text, dates) => {
    expect(suggested(text)).toEqual(dates);
  });

  it("suggests only complete dates if the column accepts no others", () => {
    expect(suggested("2020/3", true)).toEqual([]);
    expect(suggested("15.3.2020", true)).toEqual(["2020-03-15"]);
    expect(suggested("2020 to 2021", true)).toEqual([]);
    expect(describeDate("2020/3", true)).toEqual(formatRules.wholeDay("2020/3"));
    expect(describeDate("2020/3", false)).toEqual(formatRules.dateOrder("2020/3", ["2020-03"]));
    expect(describeDate("2020-03", true)).toEqual(formatRules.wholeDay("2020-03"));
  });

  it("names the number of days of a month that has no such day", () => {
    expect(describeDate("2021-02-29", false)).toEqual(formatRules.noSuchDay("2021-02-29", "2021-02", 28, false));
    expect(describeDate("2020-02-30", true)).toEqual(formatRules.noSuchDay("2020-02-30", "2020-02", 29, true));
  });

  it.each([
    ["-0043", -43],
    ["-43", -43],
    ["-0043-03-15", -43],
    ["44 BC", -43],
    ["44 B.C.", -43],
    ["BC 44", -43],
    ["44 v. Chr.", -43],
    ["500 BCE", -499],
    ["Y-17000", -17000],
    ["Y17000", 17000],
  ])("names the year of %s, which dates do not have", (text, year) => {
    expect([false, true].map((dayNeeded) => describeDate(text, dayNeeded))).toEqual([
      formatRules.noSuchYear(text, year),
      formatRules.noSuchYear(text, year),
    ]);
  });

  it("reverses a period that ends before it starts", () => {
    expect(describeDate("2021/2020", false)).toEqual(formatRules.backwards("2021/2020", "2020/2021"));
    expect(describeDate("2021/2020", true)).toEqual(formatRules.wholeDay("2021/2020"));
  });

  it("finds no date in other texts or long texts", () => {
    expect(describeDate("soon", false)).toEqual(formatRules.noDate("soon"));
    expect(describeDate("soon", true)).toEqual(formatRules.wholeDay("soon"));
    const padded = (length: number): string => "2020/3".padEnd(length);
    expect(describeDate(padded(60), false)).toEqual(formatRules.dateOrder(padded(60), ["2020-03"]));
    expect(describeDate(padded(61), false)).toEqual(formatRules.noDate(padded(61)));
  });

  it.each([
    ["2020-13-01", 'If 13 is the day, write "2020-01-13".'],
    ["2020/15/03", 'If 15 is the day, write "2020-03-15".'],
    ["2020-13-13", "Write year, month and day: 2020-12-22."],
    ["2020/9/15", 'Write "2020-09-15".'],
    ["15/09/2020", 'Write "2020-09-15".'],
  ])("names the day that it supposes: %s", (text, remedy) => {
    expect(describeDate(text, true).remedy).toBe(remedy);
  });
});

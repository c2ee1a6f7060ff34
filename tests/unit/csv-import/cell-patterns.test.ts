import { describe, expect, it } from "vitest";
import { CELL_PATTERNS, type CellPattern, NUMBER_PATTERNS } from "../../../lib/csv-import/cell-patterns.ts";
import { STRICT_TIME } from "../../../lib/csv-import/strict-time.ts";
import { YEAR_AND_NEXT } from "../../../lib/csv-import/year-and-next.ts";

/** A pattern by the start of its description. */
const patternOf = (start: string): CellPattern => {
  const found = CELL_PATTERNS.filter(({ description }) => description.startsWith(start));
  expect(found.map(({ description }) => description)).toHaveLength(1);
  return found[0] as CellPattern;
};

/** Cells that a pattern explains, and similar cells that it does not explain. */
const CASES: readonly [start: string, cells: string[], others: string[]][] = [
  [
    "numbers would lose digits",
    ["01", "007", "-01", "00", "1234567890123456", "-1234567890123456"],
    ["0", "1", "10", "123456789012345", "01.5", "x01", "01x", "--01", "0x1"],
  ],
  [
    "numbers with more digits than programs",
    ["0.1234567890123456", ".1234567890123456", "-12.12345678901234567"],
    ["0.123456789012345", "0,1234567890123456", "x0.1234567890123456", "0.1234567890123456x", "01234567890123456"],
  ],
  [
    "days with separators other",
    ["2020/9/15", "2020.09.15", "2020/12/1"],
    ["2020-09-15", "2020/9.15", "2020/123/1", "2020/1/123", "20201/1/1", "x2020/1/1", "2020/1/1x", "202/1/1"],
  ],
  [
    "days with the month in words",
    [
      ...["15 Sep 2020", "1st September 2020", "2nd May 20", "3rd Jun 2020", "4th-Jul-2020", "1er mars 2020", "15. März 2020"],
      ...["3 de mayo de 2020", "1 Sept., 2020", "September 15, 2020", "Sep. 5 2020", "may 1 2020"],
    ],
    [
      ...["15 Se 2020", "15 Septembernoons 2020", "151 Sep 2020", "15 Sep 2", "15 Sep 20201", "Sep 2020", "Sep 151, 2020", "x 15 Sep 2020"],
      ...["Sep 15, 20", "15Sep2020", "Se 5 2020", "15 Sep 2020 x", "Sep 15, 20201", "1xx Sep 2020"],
    ],
  ],
  [
    "days with two-digit years",
    ["15.9.20", "1/2/03", "01-02-03"],
    ["15.9.2020", "15.9/20", "151.9.20", "15.9.2", "x1.2.03", "1.2.03x", "1.212.03"],
  ],
  [
    "days without leading zeros",
    ["2020-9-5", "2020-9-15", "2020-09-5"],
    ["2020-09-15", "2020-9", "2020-9-155", "x2020-9-5", "2020-9-5x", "202-9-5", "2020-119-5"],
  ],
  [
    "times without a time zone",
    ["2020-09-15T12:00", "2020-09-15 12:00", "2020-09-15T12:00:30", "2020-09-15T12:00:30.5", "2020-09-15 12:00:30.123"],
    [
      "2020-09-15",
      "2020-09-15T12",
      "2020-09-15T12:00Z",
      "2020-09-15T12:00:30.",
      "2020-09-15x12:00",
      "x2020-09-15T12:00",
      "2020-09-15T12:00.5",
      "2020-9-15T12:00",
    ],
  ],
  [
    "times that are not written as in RFC 3339",
    [
      ...["2020-09-15 12:00:00Z", "2020-09-15T12:00Z", "2020-09-15T12:00:00 Z", "2020-09-15T12:00:00+01", "2020-09-15T12:00:00+0100"],
      ...["2020-09-15 12:00:00+01:00", "2020-09-15 12:00:00.5-05"],
    ],
    [
      "2020-09-15T12:00:00Z",
      "2020-09-15T12:00:00+01:00",
      "2020-09-15T12:00:00.5Z",
      "2020-09-15T12:00:00",
      "x2020-09-15 12:00Z",
      "2020-09-15 12:00Zx",
      "2020-09-15 12:00+1",
    ],
  ],
  ["seasons rather than months", ["2005-06", "1999-00", "2011-12"], ["2005-07", "2005-05", "2005-6", "x2005-06", "2005-06x", "2005/06"]],
  [
    "numbers with thousands separators",
    [
      "1,234",
      "1.234",
      "1 234",
      "12,345,678",
      "1’234",
      "1'234.50",
      "1\u00a0234,5",
      "1\u2009234",
      "1\u202f234",
      "-1,234",
      "+1,234",
      "−1,234",
      "1,23,456",
      "12,34,567",
      "12,34,567.5",
    ],
    ["1234", "1,23", "1,2345", "1234,567", "x1,234", "1,234x", "--1,234", "1_234", "1,234.", "123,45,678"],
  ],
  ["codes, or powers of ten", ["1E5", "12e10", "-3E1"], ["1E+5", "1.5E5", "1E123", "E5", "x1E5", "1E5x", "1E"]],
  [
    "numbers that programs cannot store",
    ["1.5e400", "1e+5", "1E-5", "-1.25e3", "10e5"],
    ["1.e5", "1.5e", "e5", "x1e5", "1e5x", "1,5e3", "1e++5"],
  ],
  ["numbers with a plus sign", ["+1", "+1234567", "+1.5", "+1,25"], ["+12345678", "1", "++1", "+1.", "+.5", "x+1", "+1x"]],
  [
    "numbers with a minus sign that is not",
    ["−5", "–5", "‐5", "‑5", "﹣5", "− 5", "−5.5", "−5,25"],
    ["-5", "−−5", "−x", "−5.", "x−5", "−5x", "−  5"],
  ],
  [
    "negative numbers in parentheses",
    ["(5)", "(5.25)", "(1,234)", "5-", "5.5-", "1,234-"],
    ["(-5)", "5", "(x)", "()", "(5", "5--", "x5-", "x(5)", "(5)x", "5-x"],
  ],
  ["numbers with spaces around", [" 5", "5 ", "\t5", " -5.5 ", "  5,25"], ["5", "5 5", " x", "- 5", " 5.", "x 5", "5 x"]],
  ["numbers in digits other", ["١٢٣", "१२", "-١", "+١", "١٫٥", "١٬٢٣٤"], ["123", "١x", "x١", "٪", "--١"]],
  ["numbers with a percent sign", ["5%", "5 %", "-5.5%", "1,5‰", "12\u00a0%"], ["5", "%", "5%%", "5  %", "x5%", "5%x", "--5%"]],
  [
    "amounts with their currency",
    [
      "€5",
      "$ 5",
      "-€5",
      "€-5",
      "$1,234.50",
      "EUR 5",
      "5€",
      "5 EUR",
      "-5.5 USD",
      "CHF 1’234",
      "1 234 €",
      "GBP5",
      "MXN 20.50",
      "-TRY 5",
      "500 NZD",
      "1.5 KRW",
      "KRW 5 bn",
    ],
    [
      "5",
      "€",
      "E 5",
      "eur 5",
      "EURO 5",
      "USW1",
      "ABC 12",
      "MXN5",
      "5NZD",
      "TOP 10",
      "12 MWH",
      "x€5",
      "5 EURO",
      "5 eur",
      "€5x",
      "--5€",
      "5€x",
      "€€5",
    ],
  ],
  ["limits rather than numbers", ["<5", "> 5", "≤0.5", "≥1,5", ">=5", "80+"], ["=5", "<", "< x", "<<5", "x<5", "<5x", "<  5"]],
  ["estimates rather than numbers", ["~10", "≈ -5", "ca. 1850", "c. 5", "about 7"], ["~", "cat 5", "ca. x", "5~"]],
  ["infinite numbers, which JSON cannot represent", ["inf", "-Infinity", "∞", "+INF"], ["info", "infinite", "in"]],
  ["fractions, or days without their year", ["1/2", "2 3/4", "1/100", "¼", "2½"], ["1/2/3", "12/345", "/2", "a/b"]],
  [
    "numbers with their uncertainty",
    ["5±0.1", "5 +/- 1", "5.1 (4.0, 6.2)", "5 (4-6)", "12% [10% to 14%]"],
    ["5 (a)", "±1", "5 ± x", "5 (4)"],
  ],
  ["coordinates in degrees", ["48°08'N", "11.5° E", "N 48° 8' 12\" "], ["48.1", "25°C", "48° x", "°N"]],
  ["dates with a mark of doubt", ["1984?", "2004-06~", "2004-06-01%"], ["1984", "?1984", "84?"]],
  ["ranges of years", ["1990-1995", "1991–1992", "1991 - 1992"], ["1990/1995", "3000-3001", "90-95"]],
  ["days with a time of 00:00", ["2024-01-02 00:00:00", "2024-01-02T00:00", "2024-01-02 00:00:00.000"], ["2024-01-02 00:01", "2024-01-02"]],
  [
    "days and times in another form",
    ["1/2/2024 10:30", "12/25/2023, 9:05 PM", "2024/01/02 10:30:15 UTC", "20240105T101500Z"],
    ["1/2/2024", "10:30", "2024-01-05T24:00:00Z", "1/2-2024 10:30"],
  ],
  ["months", ["Jan-24", "March 2024", "2024M01", "2024 Feb", "03/2024", "März 2024"], ["2024-01", "1-Mar", "Jan", "13/24", "Janitor 12"]],
  [
    "years with their era",
    [
      "44 BC",
      "44BC",
      "44 B.C.",
      "44 BCE",
      "44 B.C.E.",
      "2020 AD",
      "2020 A.D.",
      "500 CE",
      "500 c.e.",
      "44 v. Chr.",
      "44 v.Chr.",
      "500 n. Chr.",
      "AD 53",
      "BC 44",
    ],
    ["44", "BC", "123456 BC", "44 B", "x44 BC", "44 BCx", "44 EC", "44  BC"],
  ],
  ["years before the year 0", ["-0043", "-0001"], ["0043", "-43", "-1043", "x-0043", "-00431"]],
  ["dates before the year 0", ["-0043-03", "-0043-03-15", "-1200-01-01"], ["-0043", "0043-03", "-43-03-15", "-0043-03-15x"]],
  ["numbers with a flag", ["8858775 b", "5.5 ep", "-3 bep"], ["5", "5b", "5 B", "5 m", "5 bepu", "x5 b", "5  b"]],
  [
    "numbers with their unit",
    ["5 m", "5.5 km", "-3 °C", "12 µg", "5 m²", "5 km/h", "1,5 kg"],
    ["5m", "5", "m", "5 ²", "x5 m", "5 m x", "5 m.", "--5 m"],
  ],
  ["numbers that end with a point", ["5.", "-12."], ["5", "5..", "5.5", ".", "x5.", "5.x", "--5."]],
  [
    "numbers with a footnote mark",
    ["5*", "5 **", "5†", "5‡", "5§§", "5¹", "5 ²³", "5[1]", "5[a]", "5 (b)", "5.5 [Z]"],
    ["5", "*", "5 [12]", "5 (1)", "5()", "x5*", "5*x", "5  *", "5 [-]"],
  ],
  ["decimals with a comma next to", ["1,5", "-12,25"], ["1.5", "1,", ",5", "x1,5", "1,5x", "1,5,5", "--1,5"]],
  [
    "days that are not all written",
    ["15.9.2020", "1/2/2020", "01-02-2020"],
    ["15.9.20", "15.9/2020", "151.9.2020", "x1.2.2020", "1.2.2020x", "1.212.2020"],
  ],
];

describe("cells that resemble another type", () => {
  it.each(CASES)("are %s", (start, cells, others) => {
    const { cell } = patternOf(start);
    expect(cells.filter((text) => !cell.test(text))).toEqual([]);
    expect(others.filter((text) => cell.test(text))).toEqual([]);
  });

  it("are yes and no in several languages", () => {
    const words = "yes no y n ja nein oui non sí si sim não tak nie да нет 是 否 YES Nein".split(" ");
    const patterns = CELL_PATTERNS.filter(({ description }) => description === "yes and no");
    const isYesOrNo = (text: string): boolean => patterns.some(({ cell }) => cell.test(text));
    expect(words.filter((word) => !isYesOrNo(word))).toEqual([]);
    expect(["true", "yesno", "xyes", "yesx", "jaja", "nono", "xja", "not"].filter(isYesOrNo)).toEqual([]);
    expect(new Set(patterns.map(({ remedy }) => remedy))).toEqual(new Set(["write true and false"]));
  });

  it.each<[string, string[], string[]]>([
    ["numbers would lose digits", ["1", "-12", "007"], ["1.5", "x", "1x", "x1", "--1"]],
    ["days without leading zeros", ["2020-09-15"], ["2020-9-15", "x2020-09-15", "2020-09-15x"]],
    ["times that are not written", ["2020-09-15T12:00:00Z"], ["2020-09-15"]],
    ["seasons rather than months", ["2005", "1"], ["20055", "x1", "1x", ""]],
    ["numbers with thousands", ["1", "-1.5", "12,25"], ["1.", ".5", "x1", "1x", "--1"]],
    ["codes, or powers of ten", ["1", "-12"], ["1.5", "x1", "1x"]],
    ["numbers that end with a point", ["1", "1.5", "-1,5", ".5", ""], ["x", "1.5.5", "x1", "1x", "--1"]],
    ["decimals with a comma", ["1", "-1.5"], ["1,5", "x1", "1x", "1."]],
  ])("accept among %s %j, and not %j", (start, cells, others) => {
    const { otherwise } = patternOf(start);
    expect(cells.filter((text) => !otherwise?.test(text))).toEqual([]);
    expect(others.filter((text) => otherwise?.test(text))).toEqual([]);
  });

  it("have a remedy, except for numbers that cannot be written differently", () => {
    const without = CELL_PATTERNS.filter(({ remedy }) => remedy === "").map(({ description }) => description);
    expect(without).toEqual([
      "numbers would lose digits (leading zeros, or more than 15)",
      "numbers with more digits than programs can store",
      "numbers that programs cannot store",
    ]);
    expect(CELL_PATTERNS.filter(({ isLast }) => isLast).map(({ description }) => description.split(" ")[0])).toEqual(["decimals", "days"]);
  });

  it("may be mixed with plain numbers, unless they are days, times or coordinates", () => {
    const starts = (patterns: Iterable<CellPattern>): string[] =>
      [...patterns].map(({ description }) => description.split(/[ ,]/)[0] ?? "");
    expect(new Set(starts(NUMBER_PATTERNS))).toEqual(
      new Set([
        "numbers",
        "seasons",
        "codes",
        "negative",
        "amounts",
        "limits",
        "years",
        "decimals",
        "dates",
        "estimates",
        "fractions",
        "infinite",
        "ranges",
        "yes",
      ]),
    );
    expect(new Set(starts(CELL_PATTERNS.filter((pattern) => !NUMBER_PATTERNS.has(pattern))))).toEqual(
      new Set(["days", "times", "months", "coordinates"]),
    );
  });
});

describe("STRICT_TIME", () => {
  it.each(["2020-09-15T12:00:00Z", "2020-09-15t12:00:00z", "2020-09-15T12:00:00.123+01:00", "2020-09-15T12:00:00-11:30"])(
    "matches %s",
    (text) => {
      expect(STRICT_TIME.test(text)).toBe(true);
    },
  );

  it.each([
    ...[
      "2020-09-15",
      "2020-09-15T12:00Z",
      "2020-09-15T12:00:00",
      "2020-09-15 12:00:00Z",
      "2020-09-15T12:00:00.Z",
      "2020-09-15T12:00:00+01",
    ],
    ...["2020-09-15T12:00:00+0100", "x2020-09-15T12:00:00Z", "2020-09-15T12:00:00Zx", "2020-9-15T12:00:00Z"],
  ])("does not match %s", (text) => {
    expect(STRICT_TIME.test(text)).toBe(false);
  });
});

describe("YEAR_AND_NEXT", () => {
  it("matches a year and the last two digits of the next, of every century", () => {
    for (let year = 1000; year < 10_000; year += 37) {
      const next = String((year + 1) % 100).padStart(2, "0");
      expect(YEAR_AND_NEXT.test(`${year}-${next}`)).toBe(true);
      expect(YEAR_AND_NEXT.test(`${year}-${String((year + 2) % 100).padStart(2, "0")}`)).toBe(false);
    }
  });
});

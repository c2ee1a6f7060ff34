import { describe, expect, it } from "vitest";
import { ColumnStatistics } from "../../../lib/csv-import/column-statistics.ts";
import { fileLocale } from "../../../lib/csv-import/file-locale.ts";
import { inferColumn } from "../../../lib/csv-import/infer-column.ts";
import { separatorEvidence } from "../../../lib/csv-import/separator-evidence.ts";

const seenOf = (cells: readonly string[]): ColumnStatistics => {
  const seen = new ColumnStatistics();
  for (const [i, cell] of cells.entries()) seen.add(cell, i + 2);
  return seen;
};

const inferredFrom = (cells: readonly string[], delimiter = ",", isCode = false) => {
  const seen = seenOf(cells);
  const locale = fileLocale(delimiter, [{ name: "c", evidence: separatorEvidence(seen, delimiter) }]);
  return inferColumn(seen, { name: "c", locale, isCode });
};

type Values = (string | number | boolean | undefined)[];
type Case = [description: string, delimiter: string, cells: string[], kind: string, values: Values, note?: string];

const asText = (description: string, cells: string[], note?: string, delimiter = ","): Case => [
  description,
  delimiter,
  cells,
  "text",
  cells,
  note,
];

describe("numbers", () => {
  it.each<Case>([
    ["whole numbers", ",", ["1", "-20", "0"], "whole number", [1, -20, 0]],
    asText(
      "codes with leading zeros",
      ["01067", "80331"],
      'numbers would lose digits (leading zeros, or more than 15), such as "01067" (line 2)',
    ),
    asText("a letter between numbers, which is no yes or no", ["12.4", "T", "0"], '"T" is not a number (line 3)'),
    asText("a letter between 0 and 1", ["0", "T", "1"], "yes and no"),
    asText("whole numbers of too many digits", ["12345678901234567890", "1"], "would lose digits"),
    asText("digits beyond what a number holds", ["0.12345678901234567", "1"], "numbers with more digits than programs can store"),
    [
      "digits as %.17g writes them",
      ",",
      ["0.10000000000000001", "2.5"],
      "number",
      [0.1, 2.5],
      '"0.10000000000000001" is read as 0.1 (line 2)',
    ],
    [
      "sixteen digits of a number",
      ",",
      ["-.7302069520214129", "1.5"],
      "number",
      [-0.730206952021413, 1.5],
      "is read as -0.730206952021413",
    ],
    ["decimals", ",", ["1.5", "2"], "number", [1.5, 2]],
    ["zeros at the end", ",", ["1.50", "2.5"], "number", [1.5, 2.5], '"1.50" is read as 1.5 (line 2)'],
    ["powers of ten with a fraction", ",", ["1.5e3", "2"], "number", [1500, 2], '"1.5e3" is read as 1500 (line 2)'],
    ["powers of ten below one", ",", ["1e-5", "2"], "number", [0.00001, 2], '"1e-5" is read as 0.00001 (line 2)'],
    asText("what may be a code or a power of ten", ["1e5", "2"], 'codes, or powers of ten, such as "1e5" (line 2)'),
    ["no zero before the point", ",", [".5", "-.25"], "number", [0.5, -0.25], '".5" is read as 0.5 (line 2, and 1 more)'],
    ["minus zero", ",", ["-0.0", "1.5"], "number", [0, 1.5], '"-0.0" is read as 0 (line 2)'],
    ["decimal commas", ";", ["3,14", "2"], "number", [3.14, 2], '"3,14" is read as 3.14 (line 2)'],
    ["a power of ten with a comma", ";", ["3,1E+03", "2"], "number", [3100, 2], '"3,1E+03" is read as 3100 (line 2)'],
    ["three digits after a comma, between semicolons", ";", ["1,234"], "number", [1.234], '"1,234" is read as 1.234 (line 2)'],
    asText("three digits after a comma, between commas", ["1,234"], "may be a decimal or part of a list"),
    asText(
      "three digits after a comma, between tabs",
      ["1,234"],
      "may be a decimal or thousands; if c contains decimals, use --decimal comma",
      "\t",
    ),
    asText("three digits after a point, between semicolons", ["83.019"], "use --decimal point", ";"),
    ["a point that is made clear by another cell", ";", ["83.019", "83.5"], "number", [83.019, 83.5]],
    [
      "decimal commas in every cell, between commas",
      ",",
      ["12,5", "7,25"],
      "number",
      [12.5, 7.25],
      '"12,5" is read as 12.5 (line 2, and 1 more)',
    ],
    asText("commas in some cells, between commas", ["2", "2,2", "3"], '"2,2" (line 3) may be a decimal or part of a list'),
    asText("thousands and decimals", ["1.234,56"], "thousands separators", ";"),
    asText("thousands beside decimals", ["1.234,50", "99,00"], "thousands separators", ";"),
    asText("Swiss thousands", ["1'234", "99"], "thousands separators"),
    asText("thousands with narrow spaces", ["1\u202f234", "99"], "thousands separators"),
    asText("Indian groups", ["12,34,567", "99"], "thousands separators"),
    asText("percent signs", ["12,5 %", "3 %"], "numbers with a percent sign"),
    asText("currencies", ["€ 5", "12.50 USD"], "amounts with their currency"),
    asText("units", ["5 km", "3"], 'numbers with their unit, such as "5 km" (line 2)'),
    asText("plus signs", ["+5", "3"], "numbers with a plus sign"),
    asText("a minus sign that is not a hyphen", ["−5", "3"], "U+2212"),
    asText("a dash for a minus sign", ["–5", "3"], "a minus sign that is not a hyphen"),
    asText("minus signs and dashes", ["−5", "–4", "-3"], "a minus sign that is not a hyphen"),
    asText("parentheses", ["(5)", "3"], "negative numbers in parentheses"),
    asText("a sign at the end", ["5-", "3"], "with the sign at the end"),
    asText("spaces around", [" 5", "3"], "numbers with spaces around them"),
    asText("Arabic digits", ["١٢", "٣"], "digits other than 0 to 9"),
    asText("fullwidth digits", ["１２", "3"], "digits other than 0 to 9"),
    asText("limits", ["<5", "3"], "limits rather than numbers"),
    asText("numbers beyond all", ["1e400", "5"], "numbers that programs cannot store"),
    asText("hexadecimal", ["0x1F", "0x20"]),
    asText(
      "a number among many that is none",
      ["1", "2", "tbd"],
      '"tbd" is not a number (line 4); correct it in the file, or confirm that it is text: --text c',
    ),
    asText("formulas", ["=1+1", "+49 30"], '"=1+1" is kept as the text of a formula (line 2)'),
  ])("reads %s", (_what, delimiter, cells, kind, values, note) => {
    const inferred = inferredFrom(cells, delimiter);
    expect([inferred.kind, cells.map(inferred.read)]).toEqual([kind, values]);
    if (note === undefined) expect(inferred.notes).toEqual([]);
    else expect(inferred.notes[0]).toContain(note);
    expect(inferred.required).toBe(true);
    expect(inferred.rewrites).toBe(values.some((value, i) => String(value) !== cells[i]));
  });

  it("reports each kind of change with its first line and count", () => {
    expect(inferredFrom(["1.50", "2.50", ".5", "-0", "1.5e2", "3"]).notes).toEqual([
      '"1.50" is read as 1.5 (line 2, and 1 more)',
      '".5" is read as 0.5 (line 4)',
      '"-0" is read as 0 (line 5)',
      '"1.5e2" is read as 150 (line 6)',
    ]);
  });

  it("lists numbers that often mean no value", () => {
    expect(inferredFrom(["1", "-9999", "-9999"]).notes).toEqual([
      '"-9999" is kept as a number (line 3, and 1 more); if it means no value, clear the cell',
    ]);
  });

  it("stay text if codes would change", () => {
    expect(inferredFrom(["1.10", "2"], ",", true)).toMatchObject({
      kind: "text",
      notes: ['kept as text, like a code: as a number, "1.10" would be 1.1 (line 2)'],
    });
    expect(inferredFrom(["1", "NA"], ",", true).notes[0]).toBe('kept as text: "NA" may be a code (line 3)');
    expect(inferredFrom(["1", "2"], ",", true).kind).toBe("whole number");
    expect(inferredFrom(["09/15/2020"], ",", true).kind).toBe("day");
  });

  it("use the decimal separator that other columns prove", () => {
    const decide = (cells: string[], decimal: "comma" | "point") =>
      inferColumn(seenOf(cells), { name: "c", locale: { decimal, evidence: "column d, line 2", delimiter: "\t" } });
    expect(decide(["1.234"], "comma").notes).toEqual([
      'kept as text: "1.234" (line 2) may mean thousands, because the file writes decimals with a comma (column d, line 2); write it without the separator',
    ]);
    expect(decide(["1.5"], "comma").notes[0]).toBe(
      'kept as text: "1.5" (line 2) is written with a point, but the file writes decimals with a comma (column d, line 2)',
    );
    expect(decide(["1,234"], "comma").read("1,234")).toBe(1.234);
    expect(decide(["1,234"], "point").kind).toBe("text");
    expect(decide(["1.234"], "point").read("1.234")).toBe(1.234);
  });

  it("exclude a type that few of the first thousand cells fit", () => {
    const many = [...Array.from({ length: 999 }, () => "a"), ...Array.from({ length: 2000 }, () => "1")];
    expect(inferredFrom(many).kind).toBe("one of 2 texts");
    expect(inferredFrom([...Array.from({ length: 2000 }, (_, i) => String(i)), "x"]).notes[0]).toContain('"x" is not a number (line 2002)');
  });
});

describe("dates, times and other forms", () => {
  it.each<Case>([
    ["TRUE and FALSE", ",", ["TRUE", "FALSE", "true"], "true or false", [true, false, true], '"TRUE" is read as true (line 2, and 1 more)'],
    asText("yes and no", ["yes", "No"], "yes and no"),
    ["days", ",", ["2020-09-15", "2020-02-29"], "day", ["2020-09-15", "2020-02-29"]],
    asText("days without zeros", ["2024-1-2", "2024-11-12"], "days without leading zeros"),
    asText(
      "days in two forms",
      ["05/01/2024", "13/02/2024", "2024-01-05"],
      'days are written in more than one way, and "2024-01-05" is not',
    ),
    asText("one bad day of two", ["2024-02-29", "2024-02-30"], '"2024-02-30" is not a day of the calendar (line 3)'),
    [
      "partial dates",
      ",",
      ["2020-09", "2020", "2020-09-15"],
      "date",
      ["2020-09", "2020", "2020-09-15"],
      '"2020-09" means September 2020 (line 2)',
    ],
    ["months that are no seasons", ",", ["2005-06", "2006-07", "2006-08"], "date", ["2005-06", "2006-07", "2006-08"], "means June 2005"],
    ["months beside a day", ",", ["2005-06", "2006-07-01"], "date", ["2005-06", "2006-07-01"], '"2005-06" means June 2005 (line 2)'],
    ["intervals", ",", ["2005/2006", "2006"], "date", ["2005/2006", "2006"], '"2005/2006" means 2005-01-01 to 2006-12-31 (line 2)'],
    asText(
      "seasons that may be months",
      ["2005-06", "2006-07", "2009-10"],
      'kept as text: seasons rather than months (the digits after the hyphen are those of the next year), such as "2005-06" (line 2, and 2 more); if they are months, give the column "format": "edtf" in schema.json',
    ),
    asText("seasons that cannot be months", ["1999-00", "2000-01", "2012-13"], "seasons rather than months"),
    asText("seasons beside years", ["2005-06", "2006"], "seasons rather than months"),
    ["years alone", ",", ["2019", "2020"], "whole number", [2019, 2020]],
    [
      "the day first",
      ",",
      ["15/09/2020", "1/9/2020"],
      "day",
      ["2020-09-15", "2020-09-01"],
      '"15/09/2020" is read as 2020-09-15 (line 2, and 1 more)',
    ],
    ["the month first", ",", ["09/15/2020", "01/09/2020"], "day", ["2020-09-15", "2020-01-09"], '"09/15/2020" is read as 2020-09-15'],
    asText("days of two readings", ["03/04/2020"], "write 2020-09-15"),
    asText("both orders", ["15/09/2020", "16/09/2020", "09/15/2020"], 'days are written in more than one way, and "09/15/2020"'),
    ["days with points", ",", ["03.04.2020"], "day", ["2020-04-03"], '"03.04.2020" is read as 2020-04-03'],
    asText("two-digit years", ["15/09/20"], "two-digit years"),
    ["times with a zone", ",", ["2020-09-15T12:00:00Z"], "time", ["2020-09-15T12:00:00Z"]],
    ["times with an offset", ",", ["2020-09-15T12:00:00.5+01:00"], "time", ["2020-09-15T12:00:00.5+01:00"]],
    ...[
      "2020-09-15 12:00:00Z",
      "2020-09-15T12:00:00+01",
      "2020-09-15T12:00:00+0100",
      "2020-09-15T12:00Z",
      "2020-09-15 12:00:00 +01:00",
    ].map((time) =>
      asText(
        `times that strict readers refuse: ${time}`,
        ["2020-09-15T12:00:00Z", time],
        `kept as text: times that are not written as in RFC 3339 (T before the hour, seconds, an offset such as +01:00), such as "${time}" (line 3); write`,
      ),
    ),
    asText("times without a zone", ["2020-09-15 12:00"], "without a time zone"),
    asText("times of day", ["12:30", "08:15"]),
    ["web addresses", ",", ["https://example.org/a"], "web address", ["https://example.org/a"]],
    asText("spaces", [" a ", " b"], '" a " keeps the spaces around it (line 2, and 1 more)'),
    ["few texts, many times", ",", [..."abbaabbaab"], "one of 2 texts", [..."abbaabbaab"], '"a", "b"; others are refused'],
    asText("few texts, few times", [..."abbaab"]),
    asText("codes of four digits", ["0001", "2020"], "numbers would lose digits"),
  ])("reads %s", (_what, delimiter, cells, kind, values, note) => {
    const inferred = inferredFrom(cells, delimiter);
    expect([inferred.kind, cells.map(inferred.read)]).toEqual([kind, values]);
    if (note === undefined) expect(inferred.notes).toEqual([]);
    else expect(inferred.notes[0]).toContain(note);
  });

  it("become an enum for ten texts, but not for eleven or for sentences", () => {
    const each = (count: number, letter = "") => Array.from({ length: count * 5 }, (_, i) => `${letter}${(i % count) + 1}x`);
    expect(inferredFrom(each(10)).kind).toBe("one of 10 texts");
    expect(inferredFrom(each(11)).kind).toBe("text");
    expect(inferredFrom(each(2, "y".repeat(58))).kind).toBe("one of 2 texts");
    expect(inferredFrom(each(2, "y".repeat(59))).kind).toBe("text");
    expect(inferredFrom(each(2).slice(1)).kind).toBe("text");
  });
});

describe("missing values", () => {
  it("are listed individually in a column of numbers", () => {
    const inferred = inferredFrom(["1", "N/A", "-", "..", "N/A", ""]);
    expect([inferred.kind, inferred.required, ["N/A", "-", "", "1"].map(inferred.read)]).toEqual([
      "whole number",
      false,
      [undefined, undefined, undefined, 1],
    ]);
    expect(inferred.notes).toEqual([
      '"N/A" is read as no value (line 3, and 1 more), as empty cells are',
      '"-" is read as no value (line 4), as empty cells are',
      '".." is read as no value (line 5), as empty cells are',
    ]);
  });

  it("are kept in a column of texts, with notes", () => {
    const inferred = inferredFrom(["AF", "NA", "-"]);
    expect([inferred.kind, inferred.required, ["NA", "-", ""].map(inferred.read)]).toEqual(["text", true, ["NA", "-", undefined]]);
    expect(inferred.notes).toEqual([
      '"NA" is kept as text (line 3); if it means no value, clear the cell',
      '"-" is kept as text (line 4); if it means no value, clear the cell',
    ]);
  });

  it("may be the only cells", () => {
    expect(inferredFrom(["-", "-"])).toMatchObject({ kind: "text", required: true });
    expect(inferredFrom(["", ""])).toMatchObject({ kind: "text", required: false, notes: ["every cell is empty"] });
    expect(inferredFrom([])).toMatchObject({ kind: "text", required: false, notes: [] });
    expect(inferredFrom(["1", ""])).toMatchObject({ kind: "whole number", required: false, notes: [] });
  });
});

describe("a formula guard", () => {
  it("is removed, with a note, if all cells that need a guard have one", () => {
    const inferred = inferredFrom(["'=1+1", "''s", "b"]);
    expect([inferred.rewrites, ["'=1+1", "''s", "b"].map(inferred.read)]).toEqual([true, ["=1+1", "'s", "b"]]);
    expect(inferred.notes).toEqual(["\"'=1+1\" is read as =1+1 (line 2, and 1 more): the ' keeps spreadsheets from running a formula"]);
    expect(["'-5", "3"].map(inferredFrom(["'-5", "3"]).read)).toEqual([-5, 3]);
  });

  it.each([
    ["another cell lacks it", ["'=1+1", "=2"], "\"'=1+1\" keeps its leading ' (line 2); if a spreadsheet wrote it, delete it in the file"],
    [
      "it belongs to a word",
      ["'-ish", "'s-Gravenhage"],
      "\"'-ish\" keeps its leading ' (line 2); if a spreadsheet wrote it, delete it in the file",
    ],
    ["it is one of two", ["'+' strand", "'-x"], "\"'-x\" keeps its leading ' (line 3); if a spreadsheet wrote it, delete it in the file"],
    ["some cells are numbers", ["'-5", "'t"], "\"'-5\" keeps its leading ' (line 2); if a spreadsheet wrote it, delete it in the file"],
  ])("is kept if %s", (_why, cells, note) => {
    const inferred = inferredFrom(cells);
    expect([inferred.kind, inferred.rewrites, cells.map(inferred.read), inferred.notes]).toEqual(["text", false, cells, [note]]);
  });

  it("is kept on request", () => {
    const seen = seenOf(["'=1+1", "b"]);
    const inferred = inferColumn(seen, { name: "c", locale: fileLocale(",", []), asText: "so", keepGuards: true });
    expect([inferred.rewrites, inferred.read("'=1+1"), inferred.notes]).toEqual([false, "'=1+1", ["so"]]);
  });
});

describe("a column that stays text", () => {
  it.each<[string, string[], string]>([
    ["days in two orders", ["15/03/2024", "03/15/2024"], 'days are written in more than one way, such as "03/15/2024" (line 3)'],
    [
      "days with slashes, year first",
      ["2024/01/02", "2024/1/3"],
      'days with separators other than hyphens, such as "2024/01/02" (line 2, and 1 more)',
    ],
    ["days with points, year first", ["2024.01.02"], "days with separators other than hyphens"],
    ["months in words", ["2 Jan 2024", "15 March 2024"], 'days with the month in words, such as "2 Jan 2024" (line 2, and 1 more)'],
    [
      "months in words of other languages",
      ["2 janv. 2024", "1er mars 2024", "15. Februar 2024", "2 de mayo de 2024"],
      "days with the month in words",
    ],
    ["the month first", ["January 2, 2024", "Mar. 15, 2024"], "days with the month in words"],
    ["month and year by a hyphen", ["02-Jan-24", "15-Mar-24"], "days with the month in words"],
    ["numbers with a mark", ["1", "2*", "3 †"], 'numbers with a footnote mark, such as "2*" (line 3, and 1 more)'],
    ["numbers with a note's number or letter", ["12²", "7[a]", "8 (b)", "1,234.5*"], "numbers with a footnote mark"],
    ["a point at the end", [".5", "5.", "7"], 'numbers that end with a point, such as "5." (line 3)'],
    ["two decimal separators", ["1,5", "2.5"], 'decimals with a comma next to others with a point, such as "1,5" (line 2)'],
    ["years before and after Christ", ["44 BC", "14 AD", "753 BC"], 'years with their era, such as "44 BC" (line 2, and 2 more)'],
    [
      "astronomical years",
      ["-0043", "0014", "1066"],
      'years before the year 0, such as "-0043" (line 2); write them as whole numbers without leading zeros (-99',
    ],
    [
      "days before Christ",
      ["-0043-03-15", "0014-08-19"],
      'dates before the year 0, which dates do not have, such as "-0043-03-15" (line 2)',
    ],
    [
      "figures with flags of Eurostat",
      ["8858775 b", "8901064", "8932664 ep"],
      'numbers with a flag (of Eurostat: b, e, p) or a unit, such as "8858775 b"',
    ],
    ["days written in three ways", ["2026-01-15", "01/20/2026", "25.01.2026"], "days are written in more than one way, such as"],
    ["days with a time of midnight", ["2024-01-02 00:00:00", "2024-05-06 00:00:00"], "days with a time of 00:00, such as"],
    [
      "days with times",
      ["1/2/2024 10:30", "12/25/2023 9:05 PM", "20240105T101500Z"],
      'days and times in another form than RFC 3339, such as "1/2/2024 10:30"',
    ],
    ["months as a spreadsheet shows them", ["Jan-24", "Feb-24", "March 2024", "2024M01", "03/2024"], 'months, such as "Jan-24" (line 2'],
    ["dates that are doubtful", ["1984?", "2004-06~", "1999"], 'dates with a mark of doubt, such as "1984?" (line 2, and 1 more)'],
    ["ranges of years", ["1990-1995", "1991–1992", "1993"], 'ranges of years, such as "1990-1995" (line 2, and 1 more)'],
    ["infinite numbers", ["inf", "1.5", "-Infinity"], 'infinite numbers, which JSON cannot represent, such as "inf" (line 2, and 1 more)'],
    ["fractions", ["1/2", "2 3/4", "¼", "5"], 'fractions, or days without their year, such as "1/2" (line 2, and 2 more)'],
    ["uncertainties", ["5±0.1", "5.1 (4.0, 6.2)", "7"], 'numbers with their uncertainty, such as "5±0.1" (line 2, and 1 more)'],
    ["degrees", ["48°08'N", "11.5° E"], "coordinates in degrees"],
    ["estimates", ["ca. 1850", "~7", "1852"], 'estimates rather than numbers, such as "ca. 1850" (line 2, and 1 more)'],
    ["open classes", ["80+", ">=5", "79"], 'limits rather than numbers, such as "80+" (line 2, and 1 more)'],
    ["units without a space", ["5kg", "12cm"], 'numbers with their unit, such as "5kg" (line 2, and 1 more)'],
    ["amounts in thousands", ["$1.2M", "($5)", "Rs. 500", "US$7"], 'amounts with their currency, such as "$1.2M" (line 2, and 3 more)'],
    ["marks behind groups of digits", ["12 345*", "9"], 'numbers with a footnote mark, such as "12 345*" (line 2)'],
    ["true and false in several words", ["yes", "TRUE", "0", "no"], 'yes and no, such as "yes" (line 2, and 1 more)'],
    ["true and false of other languages", ["WAHR", "FALSCH", "✓"], 'yes and no, such as "WAHR" (line 2, and 2 more)'],
    [
      "numbers in several ways",
      ["12.3 p", "11.0 ", "<5"],
      'numbers written in several ways, such as "12.3 p" (line 2) and "11.0 " (line 3); write them all alike',
    ],
    [
      "days in several ways",
      ["2024-01-05", "2024-01-06 00:00:00"],
      'days or times written in several ways, such as "2024-01-05" (line 2) and "2024-01-06 00:00:00" (line 3); write them all alike',
    ],
    [
      "numbers in a third of its cells",
      ["1", "(D)", "(S)"],
      '1 of 3 cells is a whole number, but "(D)" is not (line 3, and 1 more); to confirm that it is text: --text c',
    ],
    ["days in half of its cells", ["2024-01-05", "########"], '1 of 2 cells is a day, but "########" is not (line 3)'],
    ["addresses in half of its cells", ["https://a.example", "b", "https://c.example", "d"], "2 of 4 cells are web addresses"],
    ["yes and no of other languages", ["ja", "nein", "ja"], 'yes and no, such as "ja" (line 2, and 2 more)'],
  ])("reports that it contains %s", (_what, cells, note) => {
    const { kind, notes } = inferredFrom(cells, ";");
    expect([kind, notes[0]]).toEqual(["text", expect.stringContaining(`kept as text: ${note}`)]);
    expect(notes.filter((other) => other.startsWith("kept as text")).length).toBe(1);
  });

  it("reports the single odd cell rather than the kind of all cells", () => {
    expect(inferredFrom(["15/03/2024", "16/03/2024", "17/03/2024", "31/02/2024"]).notes).toEqual([
      expect.stringMatching(/"31\/02\/2024" is not/),
    ]);
  });

  it.each<[string, string[], string]>([
    [
      "a byte order mark",
      ["a1", "\ufeffa2", "\ufeffa3"],
      '"\\ufeffa2" contains a byte order mark (U+FEFF), which is invisible (line 3, and 1 more); delete it in the file',
    ],
    ["a zero-width space", ["a\u200b1", "b"], "contains a zero-width space (U+200B), which is invisible (line 2)"],
    ["a soft hyphen", ["Auf\u00adlage", "b"], "contains a soft hyphen (U+00AD)"],
    [
      "a gene that became a day",
      ["BRCA1", "1-Mar", "SEPT2"],
      '"1-Mar" looks like a code that a spreadsheet turned into a day (line 3); check it against the source',
    ],
    [
      "a number that became a power of ten",
      ["AB12", "1.23457E+11"],
      '"1.23457E+11" looks like a code that a spreadsheet turned into a power of ten (line 3); check it against the source',
    ],
    [
      "a bar code that lost its last digits",
      ["5.01234E+12", "5012345678901"],
      '"5.01234E+12" may have lost digits: spreadsheets write long codes like this (line 2); check it against the source',
    ],
    [
      "a formula",
      ['="02139"', "=A1+A2"],
      '"=\\"02139\\"" is kept as the text of a formula (line 2, and 1 more); to publish its result, save the file with values',
    ],
  ])("names %s", (_what, cells, note) => {
    expect(inferredFrom(cells).notes).toEqual(expect.arrayContaining([expect.stringContaining(note)]));
  });

  it.each<[string, string[], string]>([
    [
      "cells that a spreadsheet shows as #",
      ["foo", "########", "####"],
      '"########" is what a spreadsheet shows if a column is too narrow (line 3, and 1 more): widen the column there, and save the file again',
    ],
    ["a text that Excel cut off", ["x".repeat(32_767), "y"], "a text ends after 32,767 characters, the maximum of an Excel cell (line 2)"],
    ["quotation marks around all cells", ["'a'", "'b, c'"], `"'a'" keeps its quotation marks, as do all cells (line 2, and 1 more)`],
    ["typographic quotation marks", ["“a”", "„b“"], '"“a”" keeps its quotation marks'],
    ["digits that a spreadsheet marked as text", ["'=1+1", "'0012", "'+49"], "\"'=1+1\" keeps its leading ' (line 2, and 2 more)"],
    ["only such digits", ["'0012", "'0013"], "\"'0012\" keeps its leading ' (line 2, and 1 more); if a spreadsheet wrote it, delete it"],
  ])("warns of %s", (_what, cells, note) => {
    const { kind, notes } = inferredFrom(cells);
    expect([kind, notes]).toEqual(["text", expect.arrayContaining([expect.stringContaining(note)])]);
  });

  it("has no notes on quotation marks and apostrophes within texts", () => {
    expect(inferredFrom(["'a'", "b"]).notes).toEqual([]);
    expect(inferredFrom(["'s-Gravenhage", "'t Hooft", "'68"]).notes).toEqual([expect.stringContaining("\"'68\" keeps its leading '")]);
  });

  it("does not mistake months for codes changed by a spreadsheet", () => {
    expect(inferredFrom(["Jan-24", "Feb-24"]).notes.length).toBe(1);
    expect(inferredFrom(["Sep-02", "BRCA1"]).notes).toEqual([expect.stringContaining("looks like a code")]);
  });

  it("reports allowed texts that look the same", () => {
    const cells = Array.from({ length: 20 }, (_, i) => (i === 4 ? "Road" : i === 6 ? "rail " : i % 2 ? "road" : "rail"));
    expect(inferredFrom(cells).notes).toEqual(
      expect.arrayContaining([
        '"road" and "Road" look the same to people: if they mean the same, write them the same way',
        '"rail" and "rail " look the same to people: if they mean the same, write them the same way',
      ]),
    );
  });

  it("reports days that may mean no value", () => {
    expect(inferredFrom(["9999-12-31", "2024-02-03"])).toMatchObject({
      kind: "day",
      notes: ['"9999-12-31" is kept as a day (line 2); if it means no value, clear the cell'],
    });
  });

  it("does not report a byte order mark as a space", () => {
    expect(inferredFrom(["\ufeffa", "b"]).notes).toEqual([expect.stringContaining("contains a byte order mark")]);
    expect(inferredFrom(["a\u00a0", "b"]).notes[0]).toContain("keeps the spaces around it");
  });

  it("accepts valid emoji, joiners and words", () => {
    expect(inferredFrom(["👍🏽", "👨‍👩‍👧", "می‌خواهم", "Mar", "5-Marz"]).notes).toEqual([]);
    expect(inferredFrom(["note 1", "ja, later"]).notes).toEqual([]);
    expect(inferredFrom(["+49301234567", "+49309876543"]).notes).toEqual([]);
  });
});

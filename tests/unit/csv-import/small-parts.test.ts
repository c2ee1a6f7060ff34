import { describe, expect, it } from "vitest";
import { checkKey } from "../../../lib/csv-import/check-key.ts";
import { ClashCheck } from "../../../lib/csv-import/clash-check.ts";
import { clashText } from "../../../lib/csv-import/clash-text.ts";
import { COLUMN_TYPES, isNumericColumnType, LENIENT_TIME, type Scalar } from "../../../lib/csv-import/column-types.ts";
import { daysAgree } from "../../../lib/csv-import/days-agree.ts";
import { describeHiddenKey } from "../../../lib/csv-import/describe-hidden-key.ts";
import { describeSameKey } from "../../../lib/csv-import/describe-same-key.ts";
import { filledCells } from "../../../lib/csv-import/filled-cells.ts";
import { FormulaGuardCheck } from "../../../lib/csv-import/formula-guard-check.ts";
import { isBlankRow } from "../../../lib/csv-import/is-blank-row.ts";
import { isShortNumber } from "../../../lib/csv-import/is-short-number.ts";
import { KeyTrial } from "../../../lib/csv-import/key-trial.ts";
import { OddRows } from "../../../lib/csv-import/odd-rows.ts";
import { unsplitCells } from "../../../lib/csv-import/unsplit-cells.ts";
import { valueText } from "../../../lib/csv-import/value-text.ts";
import { withoutFormulaGuard } from "../../../lib/csv-import/without-formula-guard.ts";
import { csvOf } from "./csv-rows.ts";

const row = (line: number, ...cells: string[]) => ({ line, cells });

describe("rows", () => {
  it("are blank if every cell is empty or holds only spaces", () => {
    expect([row(1), row(1, "", ""), row(1, "", " "), row(1, "a", "")].map(isBlankRow)).toEqual([true, true, true, false]);
    expect([row(1), row(1, "", "a", " ")].map(filledCells)).toEqual([0, 2]);
  });
});

describe("COLUMN_TYPES", () => {
  const parsed = (kind: string, cell: string, n = 0): Scalar | undefined =>
    COLUMN_TYPES.filter((type) => type.kind === kind)[n]?.parse(cell);

  it.each<[string, Scalar | undefined]>([
    ["0", 0],
    ["-0", 0],
    ["12", 12],
    ["-12", -12],
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", undefined],
    ["01", undefined],
    ["1.0", undefined],
    ["+1", undefined],
    ["", undefined],
    ["x1", undefined],
    ["1x", undefined],
  ])("read %j as the whole number %s", (cell, value) => {
    expect(parsed("whole number", cell)).toBe(value);
  });

  it.each<[string, Scalar | undefined]>([
    ["1.50", 1.5],
    [".5", 0.5],
    ["-.5", -0.5],
    ["-0.0", 0],
    ["1e3", 1000],
    ["1.5E-3", 0.0015],
    ["1e400", undefined],
    ["1e-400", undefined],
    ["0.30000000000000004", 0.30000000000000004],
    ["0.300000000000000041", undefined],
    ["3.141592653589793", Math.PI],
    ["3.14159265358979312", undefined],
    ["-", undefined],
    ["", undefined],
    [".", undefined],
    ["e5", undefined],
    ["1.", undefined],
    ["01.5", undefined],
    ["1e12345", undefined],
    ["x1.5", undefined],
    ["1.5x", undefined],
    ["1,5", undefined],
  ])("read %j as the number %s", (cell, value) => {
    expect(parsed("number", cell)).toBe(value);
  });

  it.each<[string, Scalar | undefined]>([
    ["1,5", 1.5],
    ["12", 12],
    ["1.5", undefined],
    ["1,5,5", undefined],
  ])("read %j with a comma as the number %s", (cell, value) => {
    expect(parsed("number", cell, 1)).toBe(value);
  });

  it.each<[string, number, string, Scalar | undefined]>([
    ["true or false", 0, "TRUE", true],
    ["true or false", 0, "false", false],
    ["true or false", 0, "yes", undefined],
    ["true or false", 0, "falsex", undefined],
    ["day", 0, "2020-02-29", "2020-02-29"],
    ["day", 0, "2021-02-29", undefined],
    ["day", 0, "2020-02", undefined],
    ["day", 0, "2020-02-29/2020-03-01", undefined],
    ["date", 0, "2020-02", "2020-02"],
    ["date", 0, "2020/2021", "2020/2021"],
    ["date", 0, "2020-13", undefined],
    ["day", 1, "3.4.2020", "2020-04-03"],
    ["day", 1, "15/9/2020", "2020-09-15"],
    ["day", 1, "9/15/2020", undefined],
    ["day", 1, "1.2-2020", undefined],
    ["day", 1, "x1.2.2020", undefined],
    ["day", 1, "1.2.2020x", undefined],
    ["day", 2, "9/15/2020", "2020-09-15"],
    ["day", 2, "9.4.2020", undefined],
    ["day", 2, "9-4-2020", "2020-09-04"],
    ["time", 0, "2020-09-15T12:00:00Z", "2020-09-15T12:00:00Z"],
    ["time", 0, "2020-09-15 12:00:00Z", undefined],
    ["time", 0, "2020-13-15T12:00:00Z", undefined],
    ["web address", 0, "https://example.org/a", "https://example.org/a"],
    ["web address", 0, "HTTP://example.org", "HTTP://example.org"],
    ["web address", 0, "ftp://example.org", undefined],
    ["web address", 0, "https://exa mple.org", undefined],
    ["web address", 0, "x https://example.org", undefined],
  ])("read as %s (%d) %j as %s", (kind, n, cell, value) => {
    expect(parsed(kind, cell, n)).toBe(value);
  });

  it("are ambiguous if a cell may be a code", () => {
    const isAmbiguous = (kind: string, cell: string): boolean | undefined =>
      COLUMN_TYPES.find((type) => type.kind === kind)?.ambiguous?.test(cell);
    expect(["12", "-1E5", "1e10"].map((cell) => isAmbiguous("number", cell))).toEqual([true, true, true]);
    expect(["1.5", "1E-5", "x1", "1x"].map((cell) => isAmbiguous("number", cell))).toEqual([false, false, false, false]);
    expect(["2020", "2005-06"].map((cell) => isAmbiguous("date", cell))).toEqual([true, true]);
    expect(["2020-01", "2020-01-02", "20201", "x2020"].map((cell) => isAmbiguous("date", cell))).toEqual([false, false, false, false]);
    expect(isAmbiguous("whole number", "1")).toBeUndefined();
  });

  it("are numeric if their schema is of numbers", () => {
    expect(COLUMN_TYPES.filter(isNumericColumnType).map(({ kind }) => kind)).toEqual(["whole number", "number", "number"]);
    expect(LENIENT_TIME.parse("2024-01-02 10:00:00+01")).toBe("2024-01-02 10:00:00+01");
    expect(LENIENT_TIME.parse("soon")).toBeUndefined();
  });

  it("keep the text of a value", () => {
    expect([valueText(1.5), valueText(true), valueText("a")]).toEqual(["1.5", "true", "a"]);
    expect(["123456789012345", "-1.5"].every(isShortNumber)).toBe(true);
    expect(["1234567890123456", "1e5", "1E5"].some(isShortNumber)).toBe(false);
  });
});

describe("daysAgree", () => {
  const columns = { date: 0, start: 1, end: 2 };
  it.each<[string[], boolean]>([
    [["2020-02", "2020-02-01", "2020-02-29"], true],
    [["2020", "2020-01-01", "2020-12-31"], true],
    [["", "", ""], true],
    [[], true],
    [["2020-02", "2020-02-02", "2020-02-29"], false],
    [["2020-02", "2020-02-01", "2020-02-28"], false],
    [["2020-02", "", ""], false],
    [["", "2020-02-01", ""], false],
    [["", "", "2020-02-01"], false],
    [["soon", "", ""], false],
  ])("of %j is %s", (cells, expected) => {
    expect(daysAgree(cells, columns)).toBe(expected);
  });
});

describe("ClashCheck", () => {
  const clashOf = (...cells: string[]) => {
    const check = new ClashCheck({ read: (cell) => (cell === "" ? undefined : Number(cell)) });
    for (const [i, cell] of cells.entries()) check.add(cell, i + 2);
    return check.clash;
  };

  it("finds two different cells with the same value", () => {
    expect(clashOf("1", "2", "1", "", "")).toBeUndefined();
    expect(clashOf("1.0", "2", "1", "01")).toEqual({ value: "1", first: { line: 2, cell: "1.0" }, second: { cell: "1", line: 4 } });
    expect(clashOf("2", "1", "1", "1.0")).toEqual({ value: "1", first: { line: 3, cell: "1" }, second: { cell: "1.0", line: 5 } });
  });

  it("is described by both cells, or by the line of the first", () => {
    const second = { cell: "1", line: 7 };
    expect(clashText({ value: "1", first: { line: 3, cell: "1.0" }, second })).toBe(
      '"1.0" (line 3) and "1" (line 7) would become one value, 1',
    );
    expect(clashText({ value: "1", first: { line: 3 }, second })).toBe('the cell in line 3 and "1" (line 7) would become one value, 1');
  });
});

describe("KeyTrial", () => {
  const trialOf = (indexes: number[], rows: string[][], countsAll = false): KeyTrial => {
    const trial = new KeyTrial(indexes, countsAll);
    for (const [i, cells] of rows.entries()) trial.add(cells, i + 2);
    return trial;
  };

  it("holds if every row has a key of its own", () => {
    expect(trialOf([0], [["a"], ["b"]]).holds).toBe(true);
    expect(
      trialOf(
        [0, 1],
        [
          ["a", "1"],
          ["a", "2"],
          ["b", "1"],
        ],
      ).holds,
    ).toBe(true);
    // The parts of a key are not joined into one text.
    expect(
      trialOf(
        [0, 1],
        [
          ["a", "bc"],
          ["ab", "c"],
        ],
      ).holds,
    ).toBe(true);
  });

  it("finds rows with the same key, and an empty cell", () => {
    const { same, holds } = trialOf([0], [["a"], ["b"], ["a"]]);
    expect([holds, same]).toEqual([false, { cells: ["a"], firstLine: 2, line: 4, count: 1 }]);
    expect(
      trialOf(
        [1],
        [
          ["x", "a"],
          ["x", ""],
        ],
      ),
    ).toMatchObject({ holds: false, empty: { index: 1, line: 3 } });
    expect(trialOf([0, 2], [["a"]]).empty).toEqual({ index: 2, line: 2 });
    expect(trialOf([0], [["a"], ["a"], ["a"], ["b"]], true).same).toMatchObject({ firstLine: 2, line: 3, count: 2 });
  });

  it("finds keys that look the same to people, and ones with characters that they do not see", () => {
    expect(trialOf([0], [["S2"], ["s2"]]).same).toMatchObject({ firstLine: 2, line: 3, firstCells: ["S2"], cells: ["s2"] });
    expect(trialOf([0], [["a"], [" b"]])).toMatchObject({ holds: false, hidden: { cell: " b", line: 3 } });
    expect(trialOf([0], [["a\u200bc"]])).toMatchObject({ holds: false, hidden: { cell: "a\u200bc", line: 2 } });
  });

  it("is described by cells and lines", () => {
    const same = { cells: ["S2"], firstLine: 3, line: 4, count: 1 };
    expect(describeSameKey(same)).toBe('"S2" is in lines 3 and 4');
    expect(describeSameKey({ ...same, cells: ["a", "b"], count: 3 })).toBe('"a", "b" is in lines 3 and 4, and 2 more');
    expect(describeSameKey({ ...same, firstCells: ["s2"] })).toBe('"s2" (line 3) and "S2" (line 4) look the same to people');
    expect(describeSameKey({ ...same, firstCells: ["s2"], count: 2 })).toBe(
      '"s2" (line 3) and "S2" (line 4, and 1 more) look the same to people',
    );
    expect(describeHiddenKey({ cell: " 5", line: 26 })).toBe('" 5" (line 26) has a space around it');
    expect(describeHiddenKey({ cell: "5\u200b", line: 26 })).toMatch(/\(line 26\) has .*U\+200B.* in it$/);
  });
});

describe("checkKey", () => {
  const check = (text: string, ...indexes: number[]) => checkKey(indexes, () => csvOf(text).rows());

  it("accepts columns that identify the rows", async () => {
    expect(await check("a,1\na,2\nb,1", 0, 1)).toBeUndefined();
    expect(await check("a,1\nb,1", 0)).toBeUndefined();
  });

  it.each([
    ["a,1\na,2", { line: 2, message: 'does not identify the rows: "a" is in lines 1 and 2' }],
    ["a,1\n,2", { line: 2, message: "does not identify the rows: it is empty in line 2" }],
    ["a,1\n,2\n,3\n,4", { line: 2, message: "does not identify the rows: it is empty in line 2, and 2 more" }],
    ["a,1\na,2\na,3", { line: 2, message: 'does not identify the rows: "a" is in lines 1 and 2, and 1 more' }],
    ["a,1\n b,2", { line: 2, message: 'cannot be the key: " b" (line 2) has a space around it' }],
  ])("refuses the first column of %j", async (text, expected) => {
    expect(await check(text, 0)).toEqual(expected);
  });
});

describe("formula guards", () => {
  const checkOf = (...cells: string[]): FormulaGuardCheck => {
    const check = new FormulaGuardCheck();
    for (const [i, cell] of cells.entries()) check.add(cell, i + 2);
    return check;
  };

  it("are removed from cells that have one", () => {
    expect(["'=1", "'+1", "'-1", "'@a", "'\ta", "'\ra", "''a"].map(withoutFormulaGuard)).toEqual([
      "=1",
      "+1",
      "-1",
      "@a",
      "\ta",
      "\ra",
      "'a",
    ]);
    expect(["'a", "=1", "a'=", "", "'"].map(withoutFormulaGuard)).toEqual(["'a", "=1", "a'=", "", "'"]);
  });

  it("are those of a column if all its cells that need one have one", () => {
    const all = checkOf("a", "'=1+1", "-5", "-.5", "-,5", "--", "-");
    expect([all.hasGuards, all.isMixed]).toEqual([true, false]);
    expect(all.note).toBe("\"'=1+1\" is read as =1+1 (line 3): the ' keeps spreadsheets from running a formula");
    expect(checkOf("''quoted'").hasGuards).toBe(true);
    expect([checkOf("a").hasGuards, checkOf("a").isMixed]).toEqual([false, false]);
  });

  it.each([
    ["a formula has none", "=2"],
    ["a sign has none", "+2"],
    ["a name has none", "@a"],
    ["a text after a minus has none", "-a"],
    ["an apostrophe begins a word", "'tis"],
    ["an apostrophe is within", "'=a'"],
  ])("are text if %s", (_what, other) => {
    const mixed = checkOf("'=1+1", other);
    expect([mixed.hasGuards, mixed.isMixed]).toEqual([false, true]);
    expect(mixed.note).toBe("\"'=1+1\" keeps its leading ' (line 2); if a spreadsheet wrote it, delete it in the file");
  });
});

describe("unsplitCells", () => {
  const rows = (...cells: string[]) => cells.map((cell, i) => row(i + 2, cell));
  it.each<[string, string[], string | undefined]>([
    ["a  b", ["1  2", "3   4"], "spaces"],
    ["a^b", ["1^2"], '"^"'],
    ["a~b~c", ["1~2~3"], '"~"'],
    ["a¦b", ["1¦2"], '"¦"'],
    ["a::b", ["1::2"], '"::"'],
    ["a^b", ["1^2", "3"], undefined],
    ["a^b", ["1^2^3"], undefined],
    ["a", ["1"], undefined],
    ["a^b", [], undefined],
    ["a b", ["1 2"], undefined],
    ["  a  ", ["  1  "], undefined],
  ])("of %j and %j is %s", (header, cells, name) => {
    expect(unsplitCells(header, rows(...cells))).toBe(name);
  });
});

describe("OddRows", () => {
  const notesOf = (headers: string[], rows: string[][], isMostlyFull = true): string[] => {
    const odd = new OddRows(headers);
    for (const [i, cells] of rows.entries()) odd.add(row(i + 2, ...cells));
    return odd.notes(isMostlyFull);
  };
  const HEADERS = ["name", "year", "count"];
  const plain = ["a", "2020", "1"];

  it("are none in an ordinary table", () => {
    expect(notesOf(HEADERS, [plain, ["b", "2020", "2"]])).toEqual([]);
    expect(notesOf(HEADERS, [])).toEqual([]);
  });

  it.each<[string, string[][], RegExp]>([
    [
      "repeat the column names",
      [plain, [" name", "year ", "count"], plain],
      /^"\s?name" \(line 3\) repeats the column names, as when files were joined/,
    ],
    ["are a line below the names", [["---", ":--:", ""], plain, plain], /^"---" \(line 2\) looks like a line drawn below the column names/],
    ["are totals of others", [plain, ["Subtotal", "", "1"], plain], /^"Subtotal" \(line 3\) looks like a total of other rows/],
    ["are totals in another language", [plain, ["Zwischensumme", "", "1"], plain], /^"Zwischensumme" \(line 3\) looks like a total/],
    ["are headings", [plain, ["Europe", "", ""], plain], /^"Europe" \(line 3\) fills only its first cell\. .*heading of the rows below/],
    [
      "are a note below",
      [plain, plain, ["Source: x", "", ""]],
      /^"Source: x" \(line 4\) fills only its first cell\. .*note below the table/,
    ],
    ["are the total of all", [plain, plain, ["Total", "", "2"]], /^"Total" \(line 4\) looks like a total of the rows above/],
  ])("%s", (_what, rows, note) => {
    const notes = notesOf(HEADERS, rows);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(note);
    expect(notes[0]).toMatch(/run this again$/);
  });

  it("are no headings in a table with few values or with two columns", () => {
    const rows = [plain, ["Europe", "", ""], plain];
    expect(notesOf(HEADERS, rows, false)).toEqual([]);
    expect(
      notesOf(
        ["a", "b"],
        [
          ["a", "1"],
          ["b", ""],
          ["c", "2"],
        ],
      ),
    ).toEqual([]);
    expect(notesOf(HEADERS, [plain, plain, ["Source: x", "", ""]], false)).toEqual([]);
    expect(notesOf(HEADERS, [plain, ["", "2020", ""], plain])).toEqual([]);
    expect(notesOf(HEADERS, [plain, ["---", "--", "--"], plain])).toEqual([]);
    expect(notesOf(HEADERS, [["Total", "", "2"]])).toEqual([]);
  });

  it("are numbers in place of names, unless they are years or at equal distances", () => {
    const first = (headers: string[]): string | undefined => notesOf(headers, [plain, plain])[0];
    expect(first(["a", "12", "-3.5"])).toBe(
      'The first row names the columns, but holds numbers ("12", "-3.5"): if it is a record, put a row of names above it and run this again',
    );
    expect(first(["5", "7", "12", "40"])).toContain('("5", "7", "12")');
    expect([first(["a", "2020", "1999"]), first(["k", "1", "2", "3"]), first(["a", "b", "c"])]).toEqual([undefined, undefined, undefined]);
    expect(first(["k", "0,5", "1", "1,5"])).toBeUndefined();
    expect(first(["1", "2", "3"])).toContain("holds numbers");
    expect(first(["1", "2"])).toContain("holds numbers");
    expect(first(["a", "2200", "b"])).toContain("holds numbers");
  });

  it("are a second row of names, if it tells columns of one name apart", () => {
    const note = (headers: string[], ...rows: string[][]): string | undefined => notesOf(headers, rows)[0];
    const headers = ["country", "Population", "Population"];
    expect(note(headers, ["", "2020", "2021"], plain)).toBe(
      'Line 2 may name the columns, too ("2020", "2021"): if so, write both names into one row, such as "Population 2020", and run this again',
    );
    expect(note(["country", "Population", ""], ["", "2020", "2021"], plain)).toContain("Line 2 may name the columns");
    expect(note(headers, ["x", "2020", "2021"], plain)).toBeUndefined();
    expect(note(headers, ["", "2020", "2020"], plain)).toBeUndefined();
    expect(note(headers, ["", "2020", ""], plain)).toBeUndefined();
    expect(note(headers, ["", "2020", "2021"], ["", "1", "2"])).toBeUndefined();
    expect(note(["country", "a", "b"], ["", "2020", "2021"], plain)).toBeUndefined();
    expect(note(["", "Population", "Population"], ["", "2020", "2021"], plain)).toBeUndefined();
  });
});

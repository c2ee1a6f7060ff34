import { describe, expect, it } from "vitest";
import { OddRows } from "../../../lib/csv-import/odd-rows.ts";

const row = (line: number, ...cells: string[]) => ({ line, cells });

describe("OddRows", () => {
  const notesOf = (headers: string[], rows: string[][], isMostlyFull = true): string[] => {
    const odd = new OddRows(headers);
    for (const [i, cells] of rows.entries()) odd.add(row(i + 2, ...cells));
    return odd.notes(isMostlyFull);
  };
  const HEADERS = ["name", "year", "count"];
  const plain = ["a", "2020", "1"];

  it("finds none in an ordinary table", () => {
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

  it("finds no headings in a table with few values or two columns", () => {
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

  it("finds numbers instead of names, unless they are years or evenly spaced", () => {
    const first = (headers: string[]): string | undefined => notesOf(headers, [plain, plain])[0];
    expect(first(["a", "12", "-3.5"])).toBe(
      'The first row names the columns, but contains numbers ("12", "-3.5"): if it is a record, put a row of names above it and run this again',
    );
    expect(first(["5", "7", "12", "40"])).toContain('("5", "7", "12")');
    expect([first(["a", "2020", "1999"]), first(["k", "1", "2", "3"]), first(["a", "b", "c"])]).toEqual([undefined, undefined, undefined]);
    expect(first(["k", "0,5", "1", "1,5"])).toBeUndefined();
    expect(first(["1", "2", "3"])).toContain("contains numbers");
    expect(first(["1", "2"])).toContain("contains numbers");
    expect(first(["a", "2200", "b"])).toContain("contains numbers");
  });

  it("finds a second header if it distinguishes columns with the same name", () => {
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

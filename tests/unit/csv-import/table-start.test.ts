import { describe, expect, it } from "vitest";
import { isTableFooterTotal, TableFooter } from "../../../lib/csv-import/table-footer.ts";
import { findTableStart, readTableStart } from "../../../lib/csv-import/table-start.ts";
import { usualTableWidth } from "../../../lib/csv-import/usual-table-width.ts";
import type { CsvRow } from "../../../lib/ports/ports.ts";
import { UnreadableLineError } from "../../../lib/ports/unreadable-line-error.ts";

const rowsOf = (...rows: string[]): CsvRow[] => rows.map((text, i) => ({ line: i + 1, cells: text.split(",") }));
const begin = (...rows: string[]) => {
  const { headerLine, title } = findTableStart(rowsOf(...rows));
  return [headerLine, title.map(({ line }) => line)];
};

describe("the start of a table", () => {
  it.each([
    ["in its first row", ["id,name", "1,a"], 1, []],
    ["after empty rows", ["", ",", "id,name", "1,a"], 3, []],
    ["after a title in a row of its own", ["Towns 2020", "", "id,name,pop", "1,a,3", "2,b,4"], 3, [1]],
    ["after a title with empty cells behind it", ["Towns of 2020,,", "id,name,pop", "1,a,3"], 2, [1]],
    ["after lines of a bank", ["Source,Bank", "Updated,2020-01-01", "", "name,code,2019,2020", "A,a,1,2", "B,b,1,2", "C,c,1,2"], 4, [1, 2]],
    ["after comments", ["# made by hand", "# 2020", "id,name", "1,a", "2,b", "3,c"], 3, [1, 2]],
    ["after comments, more than there are rows", ["# a", "#", "# b", "site,00060", "x,1"], 4, [1, 2, 3]],
    ["after more titles than rows", ["Office", "Table 7", "Towns", "", "id,name,pop", "1,a,3"], 5, [1, 2, 3]],
    ["after a title and an empty row, where a name is there twice", ["Towns", "", "id,n,n", "1,a,3", "2,b,4"], 3, [1]],
    ["in its first row, where records have a comma", ["name", "Smith, John", "Doe"], 1, []],
    ["in a header that begins with #", ["#id,name", "1,a"], 1, []],
    ["in a header of one name", ["id,", "1,a", "2,b"], 1, []],
    ["in a first name, where a row below could be names", ["id,,", "a,b,c", "d,e,f"], 1, []],
    ["in the first row, if the next contains numbers", ["a,b", "1,2,3", "4,5,6"], 1, []],
    ["in the first row, where the next repeats a name", ["Towns of 2020,,", "a,a,c", "d,e,f"], 1, []],
    ["in the first row of one column", ["some name", "a b", "c d"], 1, []],
    [
      "after twenty lines",
      [...Array.from({ length: 20 }, (_, i) => `# ${i}`), "id,name", ..."abcdefghijklmnopqrstuv".split("").map((c) => `${c},1`)],
      21,
      20,
    ],
    [
      "not after more than twenty",
      [...Array.from({ length: 21 }, (_, i) => `# ${i}`), "id,name", ..."abcdefghijklmnopqrstuv".split("").map((c) => `${c},1`)],
      1,
      [],
    ],
    ["nowhere", ["", ""], 0, []],
  ])("is found %s", (_where, rows, headerLine, title) => {
    const [line, found] = begin(...rows);
    expect(line).toBe(headerLine);
    expect(typeof title === "number" ? (found as number[]).length : found).toEqual(title);
  });

  it("is searched in the first two hundred rows only, and up to the first error", async () => {
    let given = 0;
    const table = (brokenAt: number) => ({
      delimiter: ",",
      async *rows() {
        for (given = 1; ; given += 1) {
          if (given === brokenAt) throw new UnreadableLineError(given, "broken", "correct it");
          yield { line: given, cells: ["a", "b"] };
        }
      },
    });
    expect([(await readTableStart(table(0))).headerLine, given]).toEqual([1, 200]);
    expect((await readTableStart(table(3))).headerLine).toBe(1);
    const broken = {
      delimiter: ",",
      // biome-ignore lint/correctness/useYield: it fails first
      async *rows(): AsyncGenerator<CsvRow> {
        throw new Error("disk");
      },
    };
    await expect(readTableStart(broken)).rejects.toThrow("disk");
  });

  it("uses the most frequent number of cells, on a tie the first", () => {
    expect([usualTableWidth([2, 3, 3]), usualTableWidth([2, 3]), usualTableWidth([])]).toEqual([3, 2, 0]);
  });
});

describe("text below a table", () => {
  const pass = (width: number, ...rows: string[]) => {
    const footer = new TableFooter(width);
    const passed = rowsOf(...rows).flatMap((row) => [...footer.pass(row)]);
    return [passed.map(({ line }) => line), footer.notes.map(({ line }) => line)];
  };

  it.each([
    ["nothing", 2, ["1,a", "2,b"], [1, 2], []],
    ["a source in a row of its own", 3, ["1,a,b", "Source: the office"], [1], [2]],
    ["a source with empty cells behind it", 3, ["1,a,b", "Source: the office,,"], [1], [2]],
    ["a source whose text was cut at a comma", 4, ["1,a,b,c", "Source: the office", "in town, 2020"], [1], [2, 3]],
    ["a footnote after an empty row, of two columns", 2, ["1,a", ",", "* estimated,"], [1, 2], [3]],
    ["no footnote: a row of two columns", 2, ["1,a", "x y,"], [1, 2], []],
    ["no footnote: a record follows", 3, ["1,a,b", "Source: x", "2,b,c"], [1, 2, 3], []],
    ["no footnote: a code without the cells behind it", 4, ["1,a,b,c", "1012"], [1, 2], []],
    ["no footnote: a text in a table of one column", 1, ["a", "Source: x"], [1, 2], []],
    ["no footnote: a text in another column", 3, ["1,a,b", ",some text,"], [1, 2], []],
    ["two notes with an empty row between them", 3, ["1,a,b", "* one x", "", "* two x"], [1], [2, 4]],
  ])("is %s", (_what, width, rows, table, below) => {
    expect(pass(width, ...rows)).toEqual([table, below]);
  });

  it.each([
    ["Total,3", true],
    ["Grand total,3", true],
    [",Summe,3", true],
    ["Gesamtsumme,3", true],
    ["Gesamtergebnis,3", true],
    ["Total général,3", true],
    ["Totalt,3", true],
    ["合计,3", true],
    ["合计（万人）,3", true],
    ["Итого: 2020,3", true],
    ["Итоговый отчёт,3", false],
    ["Sumé,3", false],
    ["Всего,3", true],
    ["Region A Total,3", true],
    ["North sub-total,3", true],
    ["Totality of it all and of everything else besides this,3", false],
    ["Allen,3", false],
    ["a,Total", false],
    ["All Saints Church,Bonn,1920", false],
    ["Sum Lane,Leeds,8", false],
    ["Total population,all,8", true],
    ["Gesamt Deutschland,1.200,8 %", true],
    ["Total Sales,$3000,100%", true],
    ["Total EU,8600000,n/a", true],
    ["Gesamt Umsatz,6 €,-", true],
    ["Total Recall,Paul Verhoeven,1990", false],
    ["Region A Total,all,8", true],
  ])("may be a total: %s", (row, is) => {
    expect(isTableFooterTotal({ line: 1, cells: row.split(",") })).toBe(is);
  });
});

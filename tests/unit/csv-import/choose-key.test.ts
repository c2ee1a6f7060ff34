import { describe, expect, it } from "vitest";
import { chooseKey, type KeyChoice, type TriedColumn } from "../../../lib/csv-import/choose-key.ts";
import { ColumnStatistics } from "../../../lib/csv-import/column-statistics.ts";
import { inferColumn } from "../../../lib/csv-import/infer-column.ts";
import { mayBeKey } from "../../../lib/csv-import/is-key-name.ts";
import { KeyTrial } from "../../../lib/csv-import/key-trial.ts";
import type { CsvRow } from "../../../lib/ports/ports.ts";

/** Chooses the key of a table whose first `sampled` rows are the sample. */
async function choose(text: string, sampled = Number.POSITIVE_INFINITY): Promise<KeyChoice & { readings: number }> {
  const [names = [], ...cells] = text.split("\n").map((line) => line.split(","));
  const rows: CsvRow[] = cells.map((row, i) => ({ cells: row, line: i + 2 }));
  const columns = names.map((name, index): TriedColumn => {
    const statistics = new ColumnStatistics();
    const trial = new KeyTrial([index], mayBeKey(name, index));
    for (const row of rows) {
      statistics.add(row.cells[index] ?? "", row.line);
      trial.add(row.cells, row.line);
    }
    const inferred = inferColumn(statistics, { name, locale: { decimal: undefined, delimiter: "," } });
    return { index, name, statistics, trial, inferred, isUnique: trial.holds };
  });
  let readings = 0;
  async function* read(): AsyncIterable<CsvRow> {
    readings += 1;
    yield* rows;
  }
  return { ...(await chooseKey(columns, rows.slice(0, sampled), read)), readings };
}

const NUMBERED = "added: it numbers the rows, because no codes, days or names, alone or up to three together, tell them apart";
const RENUMBERS = "with numbers as the key, inserting a row renumbers all rows below it; to choose a key: --key COLUMN,COLUMN";
const TOGETHER = "together they identify the rows; no single column does";
const UNIQUE = "no cell is empty and no two are the same";

describe("the key of a file without rows", () => {
  it.each([
    ["a column that is named like one", "n,code", [1]],
    ["else the first", "a,b", [0]],
  ])("is %s", async (_what, header, indexes) => {
    const notes = ["the file has no rows yet; another key: --key COLUMN"];
    expect(await choose(header)).toEqual({ indexes, notes, readings: 0 });
  });

  it("is empty without columns", async () => {
    expect((await chooseKey([], [], () => expect.fail("read"))).indexes).toEqual([]);
  });
});

describe("the key of a table", () => {
  it("is a single column, without reading the file again", async () => {
    expect(await choose("town,n\nA,1\nB,1")).toEqual({ indexes: [0], notes: [UNIQUE], readings: 0 });
  });

  it("is a set of columns that are unique together in the whole file, not only in the sample", async () => {
    const text = "town,year,kind\nA,2001,x\nA,2002,x\nB,2001,x\nA,2001,y";
    expect(await choose(text, 3)).toEqual({ indexes: [0, 1, 2], notes: [`town, year, kind: ${TOGETHER}`], readings: 1 });
    expect((await choose("town,year\nA,2001\nA,2002\nB,2001\nA,2001", 3)).indexes).toEqual([]);
  });

  it("is searched in at most three readings", async () => {
    const row = (i: number): string => [0, 1, 2, 3, 4, 5].map((at) => `${"abcdef"[at]}${(i >> at) & 1}`).join();
    // 15 pairs and 20 triples are unique in the sample of one row, but not in the file; one more reading explains why.
    const { indexes, readings } = await choose(`a,b,c,d,e,f\n${Array.from({ length: 64 }, (_, i) => row(i)).join("\n")}`, 1);
    expect([indexes, readings]).toEqual([[], 4]);
  });

  it("is explained with its amounts, which may be corrected", async () => {
    const { indexes, notes } = await choose("day,level\n2020-01-01,3\n2020-01-01,4");
    expect([indexes, notes.slice(0, 2)]).toEqual([
      [0, 1],
      [`day, level: ${TOGETHER}`, "a record whose level is corrected becomes another record; to choose another key: --key COLUMN,COLUMN"],
    ]);
    expect((await choose("town,year\nA,2001\nA,2002\nB,2001")).notes).toEqual([`town, year: ${TOGETHER}`]);
  });

  it("is a row number if no columns are unique, with notes on equal rows and the closest candidate", async () => {
    const near = (where: string): string => `a and b come closest, but "x", "y" is in lines 2 and 3${where}`;
    expect(await choose("a,b\nx,y\nx,y")).toMatchObject({
      indexes: [],
      notes: [NUMBERED, "lines 2 and 3 are the same in every cell", near(""), RENUMBERS],
    });
    expect((await choose("a,b\nx,y\nx,y\nx,y\nx,y")).notes[1]).toBe("lines 2 and 3 are the same in every cell, as are 2 more");
    expect((await choose("a,b,v\nx,y,1.5\nx,y,2.5")).notes).toEqual([NUMBERED, near(""), RENUMBERS]);
  });
});

describe("a column that looks like the key", () => {
  it.each([
    ["empty cells", "id,town\n1,A\n,B", "it is empty in line 3"],
    ["a hidden character", "id,town\n1 ,A\n2,B", '"1 " (line 2) has a space around it: delete it to make this the key'],
    ["equal cells", "id,town\n1,A\n1,B", '"1" is in lines 2 and 3'],
  ])("is said not to be for %s", async (_what, text, why) => {
    expect((await choose(text)).notes).toEqual([UNIQUE, `id looks like the key, but ${why}`]);
  });
});

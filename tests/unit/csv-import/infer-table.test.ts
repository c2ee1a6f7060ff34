import { describe, expect, it } from "vitest";
import { inferredRecords, inferredTableSchema, inferTable, type TableOptions } from "../../../lib/csv-import/infer-table.ts";
import type { JsonRecord } from "../../../lib/formats/value.ts";
import type { CsvTable } from "../../../lib/ports/ports.ts";
import { csvOf } from "./csv-rows.ts";

const tryTable = (text: string, options: TableOptions = {}, delimiter = ",") => inferTable("a.csv", csvOf(text, delimiter), options);

async function inferred(text: string, options: TableOptions = {}, delimiter = ",") {
  const { inferred: found, problems } = await tryTable(text, options, delimiter);
  if (!found) throw new Error(JSON.stringify(problems));
  const records: JsonRecord[] = [];
  for await (const record of inferredRecords(found)) records.push(record);
  const notes = Object.fromEntries(found.columns.map((column) => [column.name, column.notes]));
  const kinds = Object.fromEntries(found.columns.map((column) => [column.name, column.kind]));
  return { ...found, records, notesOf: notes, kinds };
}

/** Keys and categories of a long table, with a total of each. */
const LONG = ["a", "b", "c", "d"].flatMap((k) => ["F", "M", "Total"].map((sex) => `${k},${sex}`));

describe("two different cells", () => {
  it.each([
    ["numbers with and without a zero", "1.0", "1", "1"],
    ["versions", "1.10", "1.1", "1.1"],
    ["a power of ten and its number", "1.5e3", "1500", "1500"],
    ["minus zero and zero", "-0.0", "0.0", "0"],
    ["true in two spellings", "TRUE", "True", "true"],
    ["a day with and without zeros", "13/1/2020", "13/01/2020", "2020-01-13"],
  ])("never become one value: %s", async (_what, first, second, value) => {
    const { notesOf, records } = await inferred(`k,v\na,${first}\nb,${second}`);
    expect(records.map(({ v }) => v)).toEqual([first, second]);
    expect(notesOf["v"]).toEqual([
      `kept as text: "${first}" (line 2) and "${second}" (line 3) would become one value, ${value}; write them the same way, or use --merge v`,
    ]);
  });

  it("become one value on request", async () => {
    const { notesOf, records } = await inferred("k,v\na,1.0\nb,1", { merge: ["v"] });
    expect(records.map(({ v }) => v)).toEqual([1, 1]);
    expect(notesOf["v"]).toEqual([
      '"1.0" is read as 1 (line 2)',
      'as requested, cells that differ only in spelling become one value: "1.0" (line 2) and "1" (line 3) become one value, 1',
    ]);
  });

  it("are compared beyond the maximum of spellings kept for messages", async () => {
    const rows = Array.from({ length: 10_001 }, (_, i) => `k${i},${i}.0`);
    const { notesOf } = await inferred(`k,v\n${rows.join("\n")}\nx,10000`);
    expect(notesOf["v"]?.[0]).toContain('the cell in line 10002 and "10000" (line 10003) would become one value, 10000');
  });

  it("stay unchanged next to equal cells", async () => {
    expect((await inferred("k,v\na,1.50\nb,1.50\nc,2.5")).records.map(({ v }) => v)).toEqual([1.5, 1.5, 2.5]);
  });
});

describe("a key", () => {
  it.each([
    [" 5", '" 5" (line 3) has a space around it'],
    ["S\u200b2", '"S\\u200b2" (line 3) has a zero-width space (U+200B) in it'],
  ])("is no column with a cell that people do not see as it is: %j", async (cell, why) => {
    const text = `code,n\na,1\n${cell},1`;
    const { keyNotes, records } = await inferred(text);
    expect(records[0]).toEqual({ id: 1, code: "a", n: 1 });
    expect(keyNotes).toContain(`code looks like the key, but ${why}: delete it to make this the key`);
    const { problems } = await tryTable(text, { key: ["code"] });
    expect(problems).toEqual([expect.objectContaining({ line: 3, message: `--key code cannot be the key: ${why}` })]);
  });
});

describe("the decimal separator of a file", () => {
  const text = "k\ta\tb\nx\t1.234\t12,5\ny\t56.789\t3,0";
  it("is proven by a column", async () => {
    const { records, notesOf } = await inferred(text, {}, "\t");
    expect(records).toEqual([
      { k: "x", a: "1.234", b: 12.5 },
      { k: "y", a: "56.789", b: 3 },
    ]);
    expect(notesOf["a"]?.[0]).toContain("may mean thousands, because the file writes decimals with a comma (column b, line 2)");
  });
  it("may be specified", async () => {
    expect((await inferred("k;a\nx;1.234\ny;56.789", { decimal: "point" }, ";")).records[0]).toEqual({ k: "x", a: 1.234 });
    expect((await inferred("k;a\nx;1.234\ny;56.789", {}, ";")).records[0]).toEqual({ k: "x", a: "1.234" });
    expect((await inferred("k\ta\nx\t1,234", { decimal: "comma" }, "\t")).records[0]).toEqual({ k: "x", a: 1.234 });
  });
  it("is the one that most columns prove, or on a tie the one that goes with the delimiter", async () => {
    expect((await inferred("k;a;b\nx;1.5;2,5", {}, ";")).records[0]).toEqual({ k: "x", a: "1.5", b: 2.5 });
    expect((await inferred("k\ta\tb\nx\t1.5\t2,5", {}, "\t")).records[0]).toEqual({ k: "x", a: 1.5, b: "2,5" });
    expect((await inferred("k;a;b;c\nx;1.5;2,5;3.5", {}, ";")).records[0]).toEqual({ k: "x", a: 1.5, b: "2,5", c: 3.5 });
  });
});

describe("the key", () => {
  it.each<[string, string, string[]]>([
    ["a column called id", "name,id\na,1\nb,2", ["id"]],
    ["a first code before a last column called so", "iso,name,geo_id\naf,New A,1\nal,New B,2", ["iso"]],
    ["a column near the start that is called so, before names", "name,town_id\nOld Town,1\nNew Town,2", ["town_id"]],
    ["codes before names", "name,iso\nNew A,af\nNew B,al", ["iso"]],
    ["the first column of whole numbers", "year,level\n2019,3\n2020,4", ["year"]],
    ["the first column of days", "day,n\n07/15/2025,1\n07/16/2025,0", ["day"]],
    ["days and places", "visited,site,n\n2024-05-01,North,12\n2024-05-01,South,7\n2024-05-02,North,12", ["visited", "site"]],
    [
      "codes and years before names and years",
      "name,code,year,v\nA b,a,2019,1\nA b,a,2020,1\nC d,c,2019,1\nC d,c,2020,1",
      ["code", "year"],
    ],
    ["three columns", "day,site,kind,v\n2024-05-01,N,a,1\n2024-05-01,N,b,1\n2024-05-01,S,a,1\n2024-05-02,N,a,1", ["day", "site", "kind"]],
    ["amounts where nothing else does", "day,level\n2020-01-01,3\n2020-01-01,4", ["day", "level"]],
    ["numbers of the rows, not fractions", "day,level\n2020-01-01,3.5\n2020-01-01,4.5", ["id"]],
    ["under another name where id is taken", "id,row\n1,1.5\n1,2.5", ["row_2"]],
    ["a column called so where there is no row", "name,code", ["code"]],
    ["else the first where there is no row", "name,v", ["name"]],
  ])("is %s", async (_what, text, key) => {
    expect((await inferred(text)).key).toEqual(key);
  });

  it("is explained", async () => {
    expect((await inferred("id,name\na,x\nb,x")).keyNotes).toEqual(["no cell is empty and no two are the same"]);
    expect((await inferred("sample_id,site\nS1,North\nS2,South\nS2,East\nS2,West")).keyNotes[1]).toBe(
      'sample_id looks like the key, but "S2" is in lines 3 and 4, and 1 more',
    );
    expect((await inferred("id,name\na1,Anna\n,Bert\n,Cleo")).keyNotes[1]).toBe(
      "id looks like the key, but it is empty in line 3, and 1 more",
    );
    expect((await inferred("id,name\nA1,Anna\na1,Bert")).keyNotes[1]).toBe(
      'id looks like the key, but "A1" (line 2) and "a1" (line 3) look the same to people',
    );
    const slip = await inferred("id,site,n\nA1,North,2\na1,South,1\nB,North,1\nB,South,2");
    expect([slip.key, slip.keyNotes[1]]).toEqual([
      ["id", "site"],
      'id looks like the key, but "A1" (line 2) and "a1" (line 3, and 1 more) look the same to people',
    ]);
    expect((await inferred("code,year,n\na,1,5\na,2,5\nb,1,5\nb,2,5")).keyNotes).toEqual([
      "code, year: together they identify the rows; no single column does",
    ]);
    expect((await inferred("code,year,n\na,1,5\na,2,5\nb,1,5\nc,1,5")).keyNotes[1]).toBe(
      'code looks like the key, but "a" is in lines 2 and 3',
    );
    expect((await inferred("day,level\n2020-01-01,3\n2020-01-01,4")).keyNotes).toEqual([
      "day, level: together they identify the rows; no single column does",
      "a record whose level is corrected becomes another record; to choose another key: --key COLUMN,COLUMN",
    ]);
    expect((await inferred("a,v\nx,1.5\nx,1.5\nx,1.5")).keyNotes).toEqual([
      "added: it numbers the rows, because no codes, days or names, alone or up to three together, tell them apart",
      "lines 2 and 3 are the same in every cell, as are 1 more",
      "with numbers as the key, inserting a row renumbers all rows below it; to choose a key: --key COLUMN,COLUMN",
    ]);
    expect((await inferred("name,v")).keyNotes).toEqual(["the file has no rows yet; another key: --key COLUMN"]);
  });

  it.each<[string, string, string, string[]]>([
    ["a first cell is empty", "town,n\nA,1\nB,2\n,3", "id", ["town would identify the rows, but it is empty in line 4"]],
    ["a total has no name", "k,v,w\nA,1,2\nB,2,3\n,3,5", "v,w", ["k would identify the rows, but it is empty in line 4"]],
    [
      "names are set in by spaces",
      "k,v\nAll,3\n  A,1\n  B,2",
      "id",
      ['k would identify the rows, but "  A" (line 3) has a space around it: delete it to make this the key'],
    ],
    [
      "one of two is empty once",
      "year,country,v\n2019,AT,1\n2020,AT,2\n2019,BE,3\n2020,,4",
      "year,v",
      ["year and country would identify the rows, but country is empty in line 5"],
    ],
    [
      "two rows have the same of both",
      "year,country,v\n2019,AT,1\n2020,AT,2\n2019,BE,3\n2019,BE,4",
      "year,v",
      ['year and country would identify the rows, but "2019", "BE" is in lines 4 and 5'],
    ],
    ["many first cells are empty", "town,n,m\nA,1,1\n,2,1\n,1,2", "n,m", []],
    ["a first cell is empty, and others are the same", "town,n,m\nA,1,1\nA,2,1\n,1,2\nA,3,1", "n,m", []],
  ])("is said to be another, but for a mistake: %s", async (_what, text, key, notes) => {
    const { key: found, keyNotes } = await inferred(text);
    expect([found.join(), keyNotes.filter((note) => note.includes(" would identify "))]).toEqual([key, notes]);
  });

  const slip = (header: string) => `${header},site,ph\nS1,North,7.1\nS2,South,6.9\nS2,East,7.4`;
  it.each(["Nr", "No", "Number", "Ref", "SKU", "ISBN", "DOI", "Kennung", "Sample No", "Probe"])(
    "is explained if %s has a value twice",
    async (header) => {
      const { key, keyNotes, columns } = await inferred(slip(header));
      expect(key).toEqual(["site"]);
      expect(keyNotes[1]).toBe(`${columns[0]?.name} looks like the key, but "S2" is in lines 3 and 4`);
    },
  );

  it("is explained if another column contains an ISBN twice", async () => {
    expect((await inferred("Name,ISBN,n\nA b,S1,7.1\nC d,S2,6.9\nE f,S2,7.4")).keyNotes[1]).toBe(
      'isbn looks like the key, but "S2" is in lines 3 and 4',
    );
    expect((await inferred("Name,ISBN,n\nA b,S1,7.1\nC d,S2,6.9\nE f,S2,7.4\nG h,S2,7.4")).keyNotes.length).toBe(1);
  });

  it("is explained if the first column has a few duplicate codes", async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, i) => `P${i},S${i % 2},1.5`).join("\n");
    expect((await inferred(`probe,site,v\n${rows(40)}\nP39,S0,2.5\nP39,S2,2.5`)).keyNotes[1]).toBe(
      'probe looks like the key, but "P39" is in lines 41 and 42, and 1 more',
    );
    expect((await inferred("town,site,v\nNorth,A,1.5\nSouth,B,1.5\nSouth,C,1.5")).keyNotes.length).toBe(1);
    expect((await inferred("probe,site,v\nP1,A,1.5\nP2,A,1.5\nP2,B,1.5")).keyNotes.length).toBe(1);
  });

  it("may be specified, also by header, and is refused with line numbers if it is not unique", async () => {
    const text = "A Code,b,v\n1,x,1.50\n1,y,2\n2,x,3";
    const named = await inferred(text, { key: ["A Code", "b"] });
    expect([named.key, named.keyNotes]).toEqual([["a_code", "b"], ["as requested"]]);
    expect((await inferred(text, { key: ["v"] })).records.map(({ v }) => v)).toEqual(["1.50", "2", "3"]);
    expect((await tryTable(text, { key: ["a_code"] })).problems).toEqual([
      expect.objectContaining({ line: 3, message: '--key a_code does not identify the rows: "1" is in lines 2 and 3' }),
    ]);
    expect((await tryTable("a,b\n1,x\n,y\n,z", { key: ["a"] })).problems).toEqual([
      expect.objectContaining({ line: 3, message: "--key a does not identify the rows: it is empty in line 3, and 1 more" }),
    ]);
    await expect(tryTable(text, { key: ["c"] })).rejects.toThrow('there is no column "c"; the columns are: a_code, b, v');
    const days = await inferred("d,v\n2020-01-01,1\nN/A,2", { key: ["d"] });
    expect(days.kinds["d"]).toBe("text");
  });

  it("stays text if a number would lose digits", async () => {
    const { kinds, records } = await inferred("name,item_id,v\nA b,1E5,1\nC d,100000,2");
    expect([kinds["item_id"], records[0]?.["item_id"]]).toEqual(["text", "1E5"]);
    const { inferred: found } = await tryTable("id,v\n1,\n2,3");
    expect(found && inferredTableSchema(found, "T")).toMatchObject({ primaryKey: ["id"], items: { required: ["id"] } });
  });
});

describe("rows", () => {
  it("above the table count towards the line of the header", async () => {
    const { notesOf } = await inferred("Towns of 2020,,\n,,\nid,n,n\n1,3,4\n2,4,5");
    expect(notesOf["n_2"]).toEqual(["another column is already called n (line 3)"]);
  });

  it("above and below the table are skipped, with a note", async () => {
    const { records, notes } = await inferred("Towns of 2020,,\n,,\nid,name,n\n1,A,3\n2,B,4\n,,\nSource: the office,,\nIn town,,");
    expect(records.length).toBe(2);
    expect(notes).toEqual([
      'Skipped above the table: "Towns of 2020" (line 1); the columns are named in line 3',
      'Skipped below the table: "Source: the office" (line 7, and 1 more)',
      "Empty rows were skipped: line 6",
    ]);
  });

  it("with only spaces are empty", async () => {
    const { records, notes } = await inferred("code,n\nA,1\n ,\u00a0\nB,2");
    expect(records).toEqual([
      { code: "A", n: 1 },
      { code: "B", n: 2 },
    ]);
    expect(notes).toEqual(["Empty rows were skipped: line 3"]);
  });

  it("that are too short are accepted if nothing is lost", async () => {
    const { records, notes } = await inferred("a,b,\n1,x,\n2,y\n3,z");
    expect(records).toEqual([
      { a: 1, b: "x" },
      { a: 2, b: "y" },
      { a: 3, b: "z" },
    ]);
    expect(notes).toEqual([
      "Rows without the empty cells at their end were accepted: line 3, and 1 more",
      "Column 3 was skipped: it has no header and no values",
    ]);
  });

  it.each([
    [
      "too short",
      "a,b,c\n1,x,u\n2,y\n3",
      "This row ends before the last column: cells are missing at its end, or it was broken in two; 1 more row like it",
      3,
    ],
    ["too long", "a,b\n1,x,y\n2,y\n3,z,u", "This row has 3 cells, but the first row has 2; 1 more row like it", 2],
    ["the end of a file in DOS", "a,b\n1,x\n\u001a", "Cell 1 of this row contains a control character (U+001A)", 3],
    ["all one longer", "mpg,cyl\nMazda,21,6\nDatsun,22,4", "This row names 2 columns, but all others have 3 cells", 1],
    ["in a merge conflict", "a,b\n1,x\n<<<<<<< HEAD\n2,y\n=======\n2,z\n>>>>>>> other", "Unresolved merge conflict", 3],
    ["in a merge conflict above the names", "<<<<<<< HEAD\na,b\n=======\na,c\n>>>>>>> other\n1,x\n2,y", "Unresolved merge conflict", 1],
    ["with hidden characters", "a,b\n1,x\n2,\u0007", "Cell 2 of this row contains a control character (U+0007)", 3],
  ])("are refused once if they are %s", async (_what, text, message, line) => {
    expect((await tryTable(text)).problems).toEqual([expect.objectContaining({ message, line })]);
  });

  it("that look like totals, second headers or merged cells are reported", async () => {
    expect((await inferred("k,n\na,1\nb,2\nTotal,3")).notes).toEqual([
      '"Total" (line 4) looks like a total of the rows above. It became a record: if it should not be one, delete it and run this again',
    ]);
    expect((await inferred("k,n\na,1\nb,2\nSource: a census,")).notes).toEqual([
      '"Source: a census" (line 4) fills only its first cell. It became a record: if it is a note below the table, delete it and run this again',
    ]);
    expect((await inferred("k,n\na,1\nb,\nc,")).notes).toEqual([]);
    expect((await inferred("k,n,m\na,1,1\nb,2,2\nc,,3")).notes).toEqual([]);
    expect((await inferred("k,n,m\n,km,kg\na,1,2\nb,2,3\nc,4,5")).notes).toEqual([
      'Line 2 does not fit 2 columns ("km"): is it a second header, with units?',
    ]);
    expect((await inferred("k,n\na,1\n,2\n,3\nb,4\n,5")).notes).toEqual([
      "3 of 5 cells of the first column are empty (line 3, and 2 more): were they merged with the one above?",
    ]);
  });

  it.each<[string, string, string[]]>([
    [
      "the column names again",
      "code,name\nA,Ann\ncode,name\nB,Bob\ncode, name",
      ['"code" (line 3, and 1 more) repeats the column names, as when files were joined. It became a record: delete it and run this again'],
    ],
    [
      "a line drawn below the names",
      "id,v\n--,--\n1,2\n2,3",
      ['"--" (line 2) looks like a line drawn below the column names. It became a record: delete it and run this again'],
    ],
    [
      "a total between other rows",
      "k,n\na,1\nSubtotal,1\nb,2\nc,3",
      ['"Subtotal" (line 3) looks like a total of other rows. It became a record: if it should not be one, delete it and run this again'],
    ],
    ["totals among the categories of a long table", `k,sex,n\n${LONG.map((row, i) => `${row},${i}`).join("\n")}`, []],
    [
      "Qualtrics' questions and ids of questions",
      'Q1,Q2\nHow old?,How happy?\n{"ImportId":"QID1"},{"ImportId":"QID2"}\n34,5\n45,4',
      ['Skipped: "How old?" (line 2, and 1 more), which describes the columns for other programs'],
    ],
    [
      "tags of HXL",
      "country,killed\n#country+name,#affected +killed\nKenya,3\nMali,4",
      ['Skipped: "#country+name" (line 2), which describes the columns for other programs'],
    ],
    [
      "headings of groups of rows",
      "k,n,m\nNorth,,\na,1,1\nb,2,2\nSouth,,\nc,3,3\nd,4,4",
      [
        '"North" (line 2, and 1 more) fills only its first cell. It became a record: if it is a heading of the rows below, make it a column and run this again',
      ],
    ],
    [
      "a mean",
      "k,n\na,1\nb,2\nAverage,1.5",
      [
        '"Average" (line 4) looks like a total of the rows above. It became a record: if it should not be one, delete it and run this again',
      ],
    ],
    [
      "a record where the names should be",
      "1,Ann,7\n2,Bob,6",
      [
        'The first row names the columns, but contains numbers ("1", "7"): if it is a record, put a row of names above it and run this again',
      ],
    ],
    [
      "a second row of names",
      "Region,Population,Population\n,2019,2020\nA,1,2\nB,3,4",
      [
        'Line 2 may name the columns, too ("2019", "2020"): if so, write both names into one row, such as "Population 2020", and run this again',
      ],
    ],
    [
      "names above merged cells",
      "Region,Population,,Area\n,2019,2020,\nA,1,2,3\nB,3,4,5",
      [
        'Line 2 may name the columns, too ("2019", "2020"): if so, write both names into one row, such as "Population 2020", and run this again',
      ],
    ],
    [
      "another separator",
      "id^name^n\n1^Ann^3\n2^Bob^4",
      ['The file was read as one column. If "^" separate its cells, save it with commas, semicolons, tabs or vertical bars'],
    ],
    [
      "columns set apart by spaces",
      "id   name   n\n1    Ann    3\n2    Bob    4",
      ["The file was read as one column. If spaces separate its cells, save it with commas, semicolons, tabs or vertical bars"],
    ],
    [
      "the separator that the first line does not name",
      "id;n\n1;2\n2;3",
      ["The file was read as one column. If semicolons separate its cells, save it with commas, semicolons, tabs or vertical bars"],
    ],
    [
      "colons as separators",
      "id:n:m\n1:2:3\n2:3:4",
      ["The file was read as one column. If colons separate its cells, save it with commas, semicolons, tabs or vertical bars"],
    ],
    [
      "words and numbers set apart by single spaces",
      "id name n\n1 Ann 3\n2 Bob 4",
      ["The file was read as one column. If spaces separate its cells, save it with commas, semicolons, tabs or vertical bars"],
    ],
    [
      "totals between other rows, in any column",
      "region,town,n\nN,A,1\nN,Total,1\nS,C,4\nS,Total,4\nS,D,4",
      [
        '"Total" (line 3, and 1 more) looks like a total of other rows. It became a record: if it should not be one, delete it and run this again',
      ],
    ],
    [
      "numbers in the place of all names",
      "1,2,3\n4,5,6",
      [
        'The first row names the columns, but contains numbers ("1", "2", "3"): if it is a record, put a row of names above it and run this again',
      ],
    ],
    [
      "column names again, above numbers",
      "id,n\n1,2\nid,n\n3,4\n4,5",
      ['"id" (line 3) repeats the column names, as when files were joined. It became a record: delete it and run this again'],
    ],
    ["years and numbered columns as names", "k,1990,1991,1,2,3\na,1,2,3,4,5\nb,1,2,3,4,6", []],
    ["a value that is missing", "k,n\na,1\nb,\nc,3\nd,4", []],
    ["texts of two words in one column", "Full name\nAnn Smith\nBob Doe", []],
    ["one empty name", ",name\n0,A\n1,B", []],
  ])("are reported if they contain %s", async (_what, text, notes) => {
    expect((await inferred(text)).notes).toEqual(notes);
  });

  it("without the widths that the USGS writes below the names has records only", async () => {
    const { rows, notes } = await inferred("# NWIS\nagency\tsite\n5s\t15s\nUSGS\t01646500\nUSGS\t01646501", {}, "\t");
    expect([rows, notes.at(-1)]).toEqual([2, 'Skipped: "5s" (line 3), which describes the columns for other programs']);
  });

  it.each([
    ["tags", "tag,related\n#covid,#corona\n#mask,#ffp2\n#vaccine,#pfizer"],
    ["tags, of which the first are known to HXL", "tag,related\n#population,#region\n#mask,#ffp2\n#vaccine,#pfizer"],
    ["tags in the first record only", "tag,related\n#covid,#corona\nmask,ffp2\nvaccine,pfizer"],
    ["one record of tags", "tag,related\n#population,#region"],
    ["times with their units", "half_life,decay\n15s,3d\n20s,4d\n30s,5d"],
    ["a time with its unit in the first record only", "half_life,decay\n15s,3d\n20,4\n30,5"],
    ["marks for what is missing, between blanks", "region,q1,note\n,--,\nBerlin,2,x\nParis,3,y"],
    ["one column of hyphens", "note\n-- --\na\nb"],
  ])("has all records if they are %s", async (_what, text) => {
    expect((await inferred(text)).records).toHaveLength(text.split("\n").length - 1);
  });

  it("without the rows that describe its columns has their types", async () => {
    const { kinds } = await inferred('Q1,Q2\nHow old?,How happy?\n{"ImportId":"QID1"},{"ImportId":"QID2"}\n34,5\n45,4');
    expect(kinds).toEqual({ q1: "whole number", q2: "whole number" });
  });

  it.each([
    ["psql", " id | name \n----+------\n  1 | Ann  \n(1 row)", "|", 2],
    ["mysql", "+----+------+\n| id | name |\n+----+------+\n|  1 | Ann  |\n+----+------+", "|", 1],
    ["mysql, read with commas", "+----+------+\n| id | name |\n+----+------+", ",", 1],
    ["DuckDB", "┌────┬──────┐\n│ id │ name │\n├────┼──────┤\n│  1 │ Ann  │", ",", 1],
    ["mysql, row by row", "*************************** 1. row ***************************\n  id: 1\nname: Ann", ",", 1],
    ["psql, record by record", "-[ RECORD 1 ]\nid   | 1\nname | Ann", "|", 1],
    ["SQL Server", "id          name\n----------- --------\n          1 Ann", ",", 2],
    ["reStructuredText", "==  =====\nid  name\n==  =====\n1   Ann", ",", 1],
    ["Emacs", "| id | name |\n|----+------|\n|  1 | Ann  |", "|", 2],
    ["Markdown", "| id | name |\n|----|:-----|\n| 1  | Ann  |", "|", 2],
  ])("are refused if %s drew them as text", async (_program, text, delimiter, line) => {
    const { problems, inferred: found } = await tryTable(text, {}, delimiter);
    expect(found).toBeUndefined();
    expect(problems.map((problem) => [problem.line, problem.message])).toEqual([[line, "This is a table drawn as text, not a CSV"]]);
  });

  it("are counted twice, to refuse a file that changes in between", async () => {
    let reading = 0;
    const table: CsvTable = {
      delimiter: ",",
      async *rows() {
        reading += 1;
        yield* csvOf(reading > 2 ? "id\n1" : "id\n1\n2").rows();
      },
    };
    const { inferred: found } = await inferTable("a.csv", table);
    await expect(
      (async () => {
        for await (const _ of inferredRecords(found as NonNullable<typeof found>));
      })(),
    ).rejects.toThrow("The file changed while it was read");
  });
});

describe("columns that a release derives", () => {
  it("from dates are skipped if all days match", async () => {
    const { kinds, notes } = await inferred("id,since,since_start,since_end\n1,2020,2020-01-01,2020-12-31\n2,,,");
    expect([kinds, notes]).toEqual([
      { id: "whole number", since: "date" },
      ["since_start and since_end were skipped: a release derives them from since"],
    ]);
  });
  it.each([
    ["one day differs", "1,2020,2020-01-01,2020-12-30"],
    ["a day has no date", "1,,2020-01-01,2020-12-31"],
  ])("are kept if %s", async (_case, row) => {
    const { columns } = await inferred(`id,since,since_start,since_end\n${row}\n2,2021-02,2021-02-01,2021-02-28`);
    expect(columns.map(({ name }) => name)).toEqual(["id", "since", "since_start", "since_end"]);
  });
  it("keep a date as text if one already exists", async () => {
    const { kinds, notesOf } = await inferred("id,since,since_end\n1,2020-01,x\n2,2021,y");
    expect([kinds["since"], notesOf["since"]]).toEqual([
      "text",
      ["kept as text: a release adds since_start and since_end to dates, and since_end already exists"],
    ]);
  });
  it("for labels are reported", async () => {
    expect((await inferred("id,land,land_label\n1,de,Germany")).notesOf["land_label"]?.[0]).toContain(
      "kept as a separate column next to land",
    );
  });
});

it("reports numbers that may be days of a spreadsheet", async () => {
  expect((await inferred("id,date\n1,44197\n2,44198")).notesOf["date"]?.[0]).toContain("if they are Excel dates");
  expect((await inferred("id,date\n1,44197\n2,4")).notesOf["date"]).toEqual([]);
  expect((await inferred("id,date\n1,44197\n2,44198.5")).notesOf["date"]?.[0]).toContain("if they are Excel dates");
  expect((await inferred("id,count\n1,44197")).notesOf["count"]).toEqual([]);
  expect((await inferred("id,start_date\n1,20240105\n2,20241231")).notesOf["start_date"]).toEqual([
    "numbers of eight digits: if they are days, write 20200915 as 2020-09-15",
  ]);
  const days = [20240105, 20240106, 20240107, 20240108, 20240109];
  expect((await inferred(`id,n\n${days.map((day, i) => `${i},${day}`).join("\n")}`)).notesOf["n"]?.[0]).toContain("if they are days");
  expect((await inferred("id,n\n1,20240105")).notesOf["n"]).toEqual([]);
  expect((await inferred("id,date\n1,20241305")).notesOf["date"]).toEqual([]);
  expect((await inferred("id,created_at\n1,1704067200\n2,1704153600000")).notesOf["created_at"]?.[0]).toContain("times since 1970");
  expect((await inferred("id,n\n1,1704067200")).notesOf["n"]).toEqual([]);
});

it("keeps text on request", async () => {
  expect((await inferred("id,n\n1,2", { text: ["n"] })).records).toEqual([{ id: 1, n: "2" }]);
});

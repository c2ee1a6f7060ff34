import { mkdirSync, readFileSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { csvFile } from "../lib/adapters/folder/csv-file.ts";
import { inferTable } from "../lib/csv-import/infer-table.ts";
import { factpress, ROOT, scratch, write } from "./scratch.ts";
import { makeSocket } from "./special-file.ts";

describe("a CSV file", () => {
  const read = async (content: string | Uint8Array) => {
    const path = join(await scratch(), "a.csv");
    await writeFile(path, content);
    const table = await csvFile(path);
    const rows = [];
    for await (const row of table.rows()) rows.push(row);
    return { delimiter: table.delimiter, rows: rows.map(({ cells }) => cells), lines: rows.map(({ line }) => line) };
  };

  it.each([
    ["commas", "a,b\n1,2\n", ","],
    ["semicolons, with decimal commas", "a;b\n1,5;2,5\n", ";"],
    ["tabs, with commas in texts", "a\tb\nx, y\tz, w\n", "\t"],
    ["one column of texts with commas", 'a\n"x, y"\n', ","],
    ["commas, with semicolons in quotes", '"a","b;c;d"\n"1","2;3;4"\n', ","],
    ["commas, with more semicolons in some cells", "a,b\nx;y;z,1\nw,2\n", ","],
    ["no line break at the end", "a;b", ";"],
    ["named in a first line of its own", "sep=|\na;b|c;d\n", "|"],
  ])("finds its delimiter: %s", async (_what, text, delimiter) => {
    expect((await read(text)).delimiter).toBe(delimiter);
  });

  it.each([
    [
      "a byte order mark",
      '\ufeff"a",b\n1,2\n',
      [
        ["a", "b"],
        ["1", "2"],
      ],
      [1, 2],
    ],
    [
      "line breaks in quotes",
      'a,b\r\n"x\r\ny",1\r\nz,2\r\n',
      [
        ["a", "b"],
        ["x\r\ny", "1"],
        ["z", "2"],
      ],
      [1, 2, 4],
    ],
    [
      "line breaks of several kinds",
      "a,b\n1,2\r\n3,4\n",
      [
        ["a", "b"],
        ["1", "2"],
        ["3", "4"],
      ],
      [1, 2, 3],
    ],
    [
      "a first line that names the sign between cells",
      '\ufeffsep=;\r\na;b\r\n"1\r\n2";3\r\n4;5\r\n',
      [
        ["a", "b"],
        ["1\r\n2", "3"],
        ["4", "5"],
      ],
      [2, 3, 5],
    ],
    ["quotes in quotes", 'a\n"say ""x"""\n', [["a"], ['say "x"']], [1, 2]],
  ])("is read with %s, and each row keeps its line", async (_what, text, rows, lines) => {
    expect(await read(text)).toMatchObject({ rows, lines });
  });

  const inFrom = async (content: string | Uint8Array) => {
    const folder = await scratch();
    await write(folder, { "a.csv": content });
    const finished = await factpress(folder, "new", "mine", "--from", "a.csv");
    expect(await readdir(folder)).toEqual(["a.csv"]);
    return finished;
  };

  it.each([
    [
      "is in Windows-1252",
      Buffer.from("a,b\n1,K\xf6ln\n", "latin1"),
      'a.csv:2:1\n  This line is not UTF-8; as Windows-1252 it reads "1,Köln"\n  In the spreadsheet: save as "CSV UTF-8".',
    ],
    ["is in UTF-16", Buffer.from("\ufeffa,b\n", "utf16le"), "This is UTF-16, not UTF-8."],
    ["is a workbook", Buffer.from("504b030414000600", "hex"), "This is a workbook (or another zip file), not a CSV."],
    ["is empty", "", "The file is empty. Its first row names the columns."],
    ["has blank lines only", "\n\n", "The file has no rows"],
    ["holds NUL characters", "a,b\n1,\0\n", "a.csv:2:1\n  A character here is NUL"],
    ["holds control characters", "a,b\n1,\u0007\n", "a.csv:2:1\n  Cell 2 of this row contains a control character (U+0007)"],
    ["turns text around", "a,b\u202e\n1,2\n", "a.csv:1:1\n  Cell 2 of this row contains a direction character"],
    [
      "has a row of too few cells",
      'a,b\n"x\ny",2\n3\n',
      "a.csv:4:1\n  This row ends before the last column: cells are missing at its end, or it was broken in two",
    ],
    ["has a row of too many cells", "a,b\n1,2,3\n", "a.csv:2:1\n  This row has 3 cells, but the first row has 2"],
    ["has a bare quote", 'a,b\n1,5" pipe\n', 'a.csv:2:1\n  Unexpected " in an unquoted cell'],
    ["has text after a quote", 'a,b\n1,"5" pipe\n', 'a.csv:2:1\n  Unexpected text after the closing "'],
    [
      "has a space before a quote",
      'a, b\n1, "5, 6"\n',
      'a.csv:2:1\n  Space before the opening "\n  Delete the spaces after the separators.',
    ],
    ["has a quote without end", 'a,b\n1,2\n3,"4\n5,6\n', 'a.csv:3:1\n  Missing closing " of a cell in this row'],
    ["has too many columns", `${"a,".repeat(1000)}b\n`, "The first row has 1001 cells; a table has at most 1000 columns"],
  ])("fails when it %s, at its line, and nothing is written", async (_what, content, message) => {
    const { code, out } = await inFrom(content);
    expect([code, out]).toEqual([1, expect.stringContaining(message)]);
    expect(out).toContain("1 problem; nothing was written");
  });

  it("fails when it is missing, or lacks a requested column", async () => {
    const folder = await scratch();
    await write(folder, { "a.csv": "a,b\n1,2\n" });
    expect(await factpress(folder, "new", "mine", "--from", "b.csv")).toEqual({ code: 2, out: "There is no file b.csv\n" });
    expect(await factpress(folder, "new", "mine", "--from", "a.csv", "--text", "c")).toEqual({
      code: 2,
      out: 'In a.csv there is no column "c"; the columns are: a, b\n',
    });
    expect(await readdir(folder)).toEqual(["a.csv"]);
  });
});

const TOWNS = `\ufeffAGS;Name;Population;Area (km²);Founded;Website;Twinned since;Status;Note;
01001000;Flensburg;92550;56,73;1284;https://www.flensburg.de/;15/09/1961;city;=1+1;
01002000;Kiel;248873;118,65;1233;https://www.kiel.de/;22/06/1947;city;"says ""moin""";
01004000;Neumünster;79809;71,60;1127;N/A;03/03/1980;city;12345678901234567890;
03151001;Adenbüttel;1799;18,05;N/A;;;village;-;
;;;;;;;;;
05315000;"Köln
(Cologne)";1087353;405,01;-38;https://www.stadt-koeln.de/;;city;;
`;

describe("factpress new --from", () => {
  it("creates a dataset that is checked and published, and reports the type of each column", async () => {
    const folder = await scratch();
    await write(folder, { "towns.csv": TOWNS });
    const made = await factpress(folder, "new", "towns", "--from", "towns.csv", "--text", "population");
    expect([made.code, made.out.split("\n\ndata/towns")[0]]).toEqual([
      0,
      `towns.csv  5 rows, cells separated by semicolons

  ags            text, the key                 AGS
                 no cell is empty and no two are the same
                 kept as text: numbers would lose digits (leading zeros, or more than 15), such as "01001000" (line 2, and 4 more)
  name           text                          Name
  population     text                          Population
                 kept as text, as requested
  area_km2       number                        Area (km²)
                 "56,73" is read as 56.73 (line 2, and 3 more)
                 "71,60" is read as 71.6 (line 4)
  founded        whole number, may be missing  Founded
                 "N/A" is read as no value (line 5)
  website        web address, may be missing   Website
                 "N/A" is read as no value (line 4), as empty cells are
  twinned_since  day, may be missing           Twinned since
                 "15/09/1961" is read as 1961-09-15 (line 2, and 2 more)
  status         text                          Status
  note           text, may be missing          Note
                 "-" is kept as text (line 5); if it means no value, clear the cell
                 "=1+1" is kept as the text of a formula (line 2); to publish its result, save the file with values

  Empty rows were skipped: line 6
  Column 10 was skipped: it has no header and no values`,
    ]);
    expect((await factpress(folder, "check", "towns")).out).toBe(
      "data/towns  no problems: 5 records\n  a draft: dataset.json names no release.version\n",
    );
    expect((await factpress(folder, "new", "towns", "--from", "towns.csv")).out).toBe(
      "data/towns already exists; nothing was written. To update from towns.csv, create it in another folder: --data again\n",
    );
    expect((await factpress(folder, "build", "--out", "out")).code).toBe(0);
    // What differs from the source is what was said, and the ' that keeps formulas from running.
    expect(parse(readFileSync(join(folder, "out/towns/records.csv")))).toEqual([
      ["ags", "name", "population", "area_km2", "founded", "website", "twinned_since", "status", "note"],
      ["01001000", "Flensburg", "92550", "56.73", "1284", "https://www.flensburg.de/", "1961-09-15", "city", "'=1+1"],
      ["01002000", "Kiel", "248873", "118.65", "1233", "https://www.kiel.de/", "1947-06-22", "city", 'says "moin"'],
      ["01004000", "Neumünster", "79809", "71.6", "1127", "", "1980-03-03", "city", "12345678901234567890"],
      ["03151001", "Adenbüttel", "1799", "18.05", "", "", "", "village", "-"],
      ["05315000", "Köln\n(Cologne)", "1087353", "405.01", "-38", "https://www.stadt-koeln.de/", "", "city", ""],
    ]);
  });

  it.each([
    ["a column called id, code or key", "name,code\na,1\nb,2\n", "code"],
    ["one whose name ends so", "name,town_id\nOld Town,1\nNew Town,2\n", "town_id"],
    ["else the first text that is never the same", "n,kind,name\n1.5,x,a\n2.5,x,b\n", "name"],
    ["or whole numbers that stand first", "year,level\n2019,3\n2020,4\n", "year"],
    ["and else numbers the rows", "day,level\n2020-01-01,3\n2020-01-01,3\n", "id"],
    ["under another name where id is taken", "id,level\n1,3\n1,3\n", "row"],
  ])("chooses as key %s", async (_what, text, key) => {
    const folder = await scratch();
    await write(folder, { "a.csv": text });
    const { inferred } = await inferTable("a.csv", await csvFile(join(folder, "a.csv")));
    expect(inferred?.key).toEqual([key]);
  });

  it("names a table after the file, but never like the dataset or another file of a release", async () => {
    const folder = await scratch();
    await write(folder, { "Big Towns.csv": "id\n1\n", "schema.csv": "id\n1\n", "same.csv": "id\n1\n", "9.csv": "id\n1\n" });
    for (const [name, file, table] of [
      ["a", "Big Towns", "big_towns"],
      ["b", "schema", "records"],
      ["same", "same", "records"],
      ["d", "9", "records"],
    ] as const) {
      expect((await factpress(folder, "new", name, "--from", `${file}.csv`)).code).toBe(0);
      expect(await readdir(join(folder, "data", name))).toEqual(["dataset.json", "schema.json", `${table}.json`].sort());
    }
    expect((await factpress(folder, "check")).code).toBe(0);
  });
});

it("prints what docs/your-own-data.md shows", async () => {
  const blocks = [...readFileSync(join(ROOT, "docs/your-own-data.md"), "utf8").matchAll(/```\w*\n([\s\S]*?)```/g)].map(
    ([, text]) => text ?? "",
  );
  const [csv = "", said = ""] = ["Nr;Bridge;", "bridges.csv  10 rows"].map((start) => blocks.find((text) => text.startsWith(start)));
  const folder = await scratch();
  await write(folder, { "bridges.csv": csv });
  expect(await factpress(folder, "new", "bridges", "--from", "bridges.csv")).toEqual({ code: 0, out: said });
  expect(blocks).toContain((await factpress(folder, "check")).out);
  await write(join(folder, "data/bridges"), { "dataset.json": blocks.find((text) => text.startsWith('{\n  "name": "bridges"')) });
  expect((await factpress(folder, "check")).out).toContain("data/bridges  no problems: 10 records\n");
  const records = readFileSync(join(folder, "data/bridges/records.json"), "utf8");
  await write(folder, { "data/bridges/records.json": records.replace('"length_m": 88.4', '"length_m": "88,4"') });
  expect(blocks).toContain((await factpress(folder, "check")).out);
});

it("fails for a folder, a socket and a missing file, and says which", async () => {
  const folder = await scratch();
  mkdirSync(join(folder, "there"));
  await makeSocket(join(folder, "socket"));
  const from = (path: string) => factpress(folder, "new", "b", "--from", path);
  expect(await from("there")).toEqual({ code: 2, out: "there is a folder; --from expects a CSV file\n" });
  expect(await from("socket")).toEqual({ code: 2, out: expect.stringContaining("socket is not a regular file") });
  expect(await from("nothing")).toEqual({ code: 2, out: "There is no file nothing\n" });
});

it("fails when a table has the name of its dataset: both would be one file of a release", async () => {
  const folder = await scratch();
  await write(folder, { "a.csv": "id\n1\n" });
  await factpress(folder, "new", "b", "--from", "a.csv");
  const at = join(folder, "data/b");
  await write(at, {
    "b.json": readFileSync(join(at, "a.json"), "utf8"),
    "schema.json": readFileSync(join(at, "schema.json"), "utf8").replace('"a": {', '"B": {'),
  });
  const { code, out } = await factpress(folder, "check");
  expect([code, out]).toEqual([1, expect.stringContaining('The table "B" has the name of its dataset')]);
});

it("reads a changed file by the existing schema, and writes nothing if that would change", async () => {
  const folder = await scratch();
  const again = () => factpress(folder, "new", "t", "--from", "t.csv", "--data", "again");
  await write(folder, { "t.csv": "code,n\n007,1\n012,2\n" });
  await factpress(folder, "new", "t", "--from", "t.csv");
  expect(await factpress(folder, "new", "t", "--from", "t.csv")).toEqual({
    code: 2,
    out: "data/t already exists; nothing was written. To update from t.csv, create it in another folder: --data again\n",
  });
  await write(folder, { "t.csv": "code,n\n007,1\n012,x\n" });
  expect(await again()).toEqual({
    code: 1,
    out: `t.csv
  Column n has the type integer in data/t/schema.json: "x" (line 3) does not fit
  Correct the file; or change schema.json and the records by hand, as a new version of the dataset.

1 problem; nothing was written
data/t is unchanged. For a separate dataset, choose another name than t.
`,
  });
  await write(folder, { "t.csv": "n,code,kind\n1,007,a\n3,012,b\n" });
  const { code, out } = await again();
  expect([code, out.split("\n\n").at(-1)]).toEqual([
    0,
    `again/t  read by data/t/schema.json
  records.json  2 records: mv again/t/records.json data/t/
  schema.json  with the new column kind: mv again/t/schema.json data/t/
`,
  ]);
  expect(JSON.parse(readFileSync(join(folder, "again/t/records.json"), "utf8"))).toEqual([
    { code: "007", n: 1, kind: "a" },
    { code: "012", n: 3, kind: "b" },
  ]);
  for (const file of ["records.json", "schema.json"])
    await write(folder, { [`data/t/${file}`]: readFileSync(join(folder, "again/t", file)) });
  expect((await factpress(folder, "check")).out).toContain("no problems: 2 records");
  expect((await factpress(folder, "new", "u", "--from", "t.csv", "--like", "data/u")).out).toBe("There is no dataset data/u\n");
  expect((await factpress(folder, "new", "u", "--from", "t.csv", "--like", "data/t")).code).toBe(0);
  expect((await factpress(folder, "new", "v", "--like", "data/t")).out).toBe("--like goes with --from FILE\n");
  expect((await factpress(folder, "new", "v", "--from", "t.csv", "--like", "data/t", "--key", "n")).out).toContain(
    "data/t already has a key",
  );
  expect((await factpress(folder, "new", "v", "--from", "t.csv", "--decimal", "dot")).out).toBe('--decimal is comma or point, not "dot"\n');
});

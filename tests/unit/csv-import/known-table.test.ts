import { describe, expect, it } from "vitest";
import { inferredRecords } from "../../../lib/csv-import/infer-table.ts";
import { type KnownTable, knownTable } from "../../../lib/csv-import/known-table.ts";
import { readKnownTable } from "../../../lib/csv-import/read-known-table.ts";
import { whyRenumbered } from "../../../lib/csv-import/why-renumbered.ts";
import { withAddedColumns } from "../../../lib/csv-import/with-added-columns.ts";
import { openDataset } from "../../../lib/dataset/dataset.ts";
import type { JsonRecord } from "../../../lib/formats/value.ts";
import type { Source } from "../../../lib/ports/ports.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { csvOf } from "./csv-rows.ts";

const column = (type: string, title: string, words: Schema = {}): Schema => ({ type, title, ...words });

/** A dataset with one table, as in a folder. */
function known(properties: Record<string, Schema>, primaryKey: string[], records: string | JsonRecord[] = [], files = ["rows.json"]) {
  const text = typeof records === "string" ? records : JSON.stringify(records);
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "T",
    type: "object",
    properties: { rows: { type: "array", title: "Rows", primaryKey, items: { type: "object", required: primaryKey, properties } } },
  };
  const metadata = {
    name: "t",
    title: "T",
    description: "T.",
    licenses: [{ name: "CC0-1.0", title: "CC0", path: "https://example.org/" }],
  };
  const small = new Map(
    Object.entries({ "dataset.json": metadata, "schema.json": schema }).map(([name, value]) => [name, Buffer.from(JSON.stringify(value))]),
  );
  const { dataset, problems } = openDataset([...small.keys(), ...files], small);
  if (!dataset) throw new Error(JSON.stringify(problems));
  const source: Source = {
    list: async () => [],
    async *read() {
      yield Buffer.from(text);
    },
  };
  return knownTable(dataset, "rows", source);
}

const table = (...args: Parameters<typeof known>): KnownTable => {
  const found = known(...args);
  if (typeof found === "string") throw new Error(found);
  return found;
};

async function again(text: string, dataset: KnownTable, delimiter = ",") {
  const { inferred, added, problems } = await readKnownTable("t.csv", csvOf(text, delimiter), dataset, {
    schemaFile: "data/t/schema.json",
  });
  const records: JsonRecord[] = [];
  if (inferred) for await (const record of inferredRecords(inferred)) records.push(record);
  return { inferred, records, added: added.map(({ name }) => name), problems: problems.map(({ line, message }) => [line, message]) };
}

const TOWNS = {
  code: column("string", "Code"),
  name: column("string", "Name of the town"),
  pop: column("integer", "Population"),
  area: column("number", "Area"),
  since: column("string", "Since", { format: "date" }),
  open: column("boolean", "Open"),
};
const HEAD = "Code,Name of the town,Population,Area,Since,Open";

describe("row numbers in the file itself", () => {
  const NUMBERED = { id: column("integer", "id"), town: column("string", "town"), n: column("integer", "n") };
  const old = (start = 1) => ["A", "B", "C"].map((town, i) => ({ id: start + i, town, n: i }));
  const was = "In column id, the row that had the id";

  it.each<[string, string, [number, string][]]>([
    ["a row put in on top", "1,X,9\n2,A,0\n3,B,1\n4,C,2", [[3, `${was} 1, "A, 0", now has 2: the rows were numbered again`]]],
    ["a row put in above the last", "1,A,0\n2,B,1\n3,X,9\n4,C,2", [[5, `${was} 3, "C, 2", now has 4: the rows were numbered again`]]],
    ["a row taken out", "1,A,0\n2,C,2", [[3, `${was} 3, "C, 2", now has 2: the rows were numbered again`]]],
    ["rows in another order", "1,A,0\n2,C,2\n3,B,1", [[3, `${was} 3, "C, 2", now has 2: the rows were numbered again`]]],
    ["a row added below", "1,A,0\n2,B,1\n3,C,2\n4,X,9", []],
    ["a corrected row", "1,A,0\n2,X,9\n3,C,2", []],
    ["a row left out", "1,A,0\n3,C,2", []],
    ["a row corrected to the values of another", "1,B,1\n2,B,1\n3,C,2", []],
  ])("are refused or kept: %s", async (_what, rows, problems) => {
    expect((await again(`id,town,n\n${rows}`, table(NUMBERED, ["id"], old()))).problems).toEqual(problems);
  });

  it("may start at 0, but are not years", async () => {
    const moved = (start: number) => `id,town,n\n${start},X,9\n${start + 1},A,0\n${start + 2},B,1`;
    expect((await again(moved(0), table(NUMBERED, ["id"], old(0)))).problems.length).toBe(1);
    expect((await again(moved(2019), table(NUMBERED, ["id"], old(2019)))).problems).toEqual([]);
  });

  it("are not compared with records that are not JSON", async () => {
    expect((await again("id,town,n\n1,A,0", table(NUMBERED, ["id"], '[{"id": 1, "town": }]'))).problems[0]?.[1]).toContain(
      "cannot be read",
    );
  });

  it("may move where rows have a single value that others share", async () => {
    const colours = table(
      { id: NUMBERED.id, town: NUMBERED.town },
      ["id"],
      [
        { id: 1, town: "red" },
        { id: 2, town: "blue" },
      ],
    );
    expect((await again("id,town\n1,green\n2,red", colours)).problems).toEqual([]);
  });
});

describe("a newer version of a CSV", () => {
  it.each([
    ["#covid,#corona", "#mask,#ffp2"],
    ["#population,#region", "#mask,#ffp2"],
    ["15s,3d", "20s,4d"],
    ["--,-- --", "a,b"],
  ])("is read with its first record, %s", async (...lines) => {
    const tags = table({ tag: column("string", "Tag"), related: column("string", "Related") }, ["tag"]);
    const { records, problems } = await again(["tag,related", ...lines].join("\n"), tags);
    expect([problems, records.map((record) => Object.values(record).join(","))]).toEqual([[], lines]);
  });

  it("is read by the existing schema, regardless of the types of its cells", async () => {
    const { records, problems } = await again(`${HEAD}\n1,2020-01-01,5,3,2020-02-03,TRUE\n2,7,,4,03/15/2020,false`, table(TOWNS, ["code"]));
    expect(problems).toEqual([[0, 'Column since has the type date in data/t/schema.json: "03/15/2020" (line 3) does not fit']]);
    expect(records).toEqual([]);
    const good = await again(`${HEAD}\n1,2020-01-01,5,3,,TRUE\n2,NA,-,4,,false`, table(TOWNS, ["code"]));
    expect(good.problems).toEqual([]);
    expect(good.records).toEqual([
      { code: "1", name: "2020-01-01", pop: 5, area: 3, open: true },
      { code: "2", name: "NA", area: 4, open: false },
    ]);
    expect(good.inferred?.columns.find(({ name }) => name === "pop")?.notes).toEqual(['"-" is read as no value (line 3)']);
  });

  it("is read with the decimal separator of its file, and days in one order", async () => {
    const { records } = await again("code;name;pop;area;since;open\na;x;1;2,5;15/09/2020;true", table(TOWNS, ["code"]), ";");
    expect(records).toEqual([{ code: "a", name: "x", pop: 1, area: 2.5, since: "2020-09-15", open: true }]);
    const unsure = await again("code;name;pop;area;since;open\na;x;1;1.234;01/02/2020;true", table(TOWNS, ["code"]), ";");
    expect(unsure.problems.map(([, message]) => message)).toEqual([
      expect.stringContaining('Column area has the type number in data/t/schema.json: "1.234" (line 2) may be a decimal or thousands'),
      expect.stringContaining("each may be day and month"),
    ]);
  });

  it("is read with the months and times that the schema allows", async () => {
    const dataset = table(
      { id: column("string", "ID"), d: column("string", "D", { format: "edtf" }), t: column("string", "T", { format: "date-time" }) },
      ["id"],
    );
    const { records, problems } = await again("id,d,t\na,2005-06,2024-01-02 10:00:00+01", dataset);
    expect([records, problems]).toEqual([[{ id: "a", d: "2005-06", t: "2024-01-02 10:00:00+01" }], []]);
  });

  it("adds new columns, with the lines that schema.json needs", async () => {
    const dataset = table({ code: TOWNS.code }, ["code"]);
    const { added, records, inferred } = await again("Mayor,code\nAda,a", dataset);
    expect([added, records]).toEqual([["mayor"], [{ code: "a", mayor: "Ada" }]]);
    const news = (inferred?.columns ?? []).filter(({ name }) => name === "mayor");
    expect(withAddedColumns(dataset, news)).toMatchObject({
      title: "T",
      properties: {
        rows: { primaryKey: ["code"], items: { properties: { code: TOWNS.code, mayor: { type: "string", title: "Mayor" } } } },
      },
    });
  });

  it.each([
    ["a column is gone", "code\na", { code: TOWNS.code, name: TOWNS.name }, "The file has no column name, but data/t/schema.json has"],
    [
      "a cell does not fit",
      "code,pop\na,1\nb,x",
      { code: TOWNS.code, pop: TOWNS.pop },
      'Column pop has the type integer in data/t/schema.json: "x" (line 3) does not fit',
    ],
    ["a fraction stands among whole numbers", "code,pop\na,1.5", { code: TOWNS.code, pop: TOWNS.pop }, '"1.5" (line 2) does not fit'],
    [
      "two cells would become one value",
      "code,area\na,1.0\nb,1",
      { code: TOWNS.code, area: TOWNS.area },
      'In column area, "1.0" (line 2) and "1" (line 3) would become one value, 1',
    ],
    ["the key stands twice", "code\na\na", { code: TOWNS.code }, 'The key code does not identify the rows: "a" is in lines 2 and 3'],
    [
      "a column holds lists",
      "code,tags\na,b",
      { code: TOWNS.code, tags: { type: "array", title: "Tags", items: { type: "string" } } },
      'Column tags has the type "array" in data/t/schema.json, which a cell cannot contain',
    ],
  ])("is refused if %s", async (_why, text, properties, message) => {
    const { problems, records } = await again(text, table(properties as Record<string, Schema>, ["code"]));
    expect(problems).toEqual([[expect.any(Number), expect.stringContaining(message)]]);
    expect(records).toEqual([]);
  });

  it("is refused if codes have lost their zeros", async () => {
    const dataset = (code: string) =>
      table(
        { code: TOWNS.code, name: TOWNS.name },
        ["code"],
        [
          { code, name: "x" },
          { code: "12", name: "y" },
        ],
      );
    expect((await again("code,name\n7,x\n12,y", dataset("007"))).problems).toEqual([
      [0, 'Column code has lost its leading zeros: the dataset has "007", but no cell of the file begins with 0'],
    ]);
    expect((await again("code,name\n7,x\n012,y", dataset("007"))).problems).toEqual([]);
    expect((await again("code,name\n7,x\n12,y", dataset("7"))).problems).toEqual([]);
    expect((await again("code,name\na,x\n12,y", dataset("007"))).problems).toEqual([]);
  });

  it("needs a table with a single file", () => {
    expect(known({ code: TOWNS.code }, ["code"], [], ["rows/a.json", "rows/b.json"])).toBe("its table rows is split over several files");
  });
});

describe("numbers of rows", () => {
  const numbered = { id: column("integer", "id"), a: column("string", "a"), b: column("string", "b") };
  const old = [
    { id: 1, a: "x", b: "u" },
    { id: 2, a: "y", b: "v" },
    { id: 3, a: "y", b: "v" },
  ];
  const dataset = (records: string | JsonRecord[] = old) => table(numbered, ["id"], records);

  it("are kept if rows are appended, or corrected in up to half of their cells", async () => {
    const { problems, records } = await again("a,b\nx,u\ny,w\ny,v\nz,t", dataset());
    expect(problems).toEqual([]);
    expect(records).toEqual([old[0], { id: 2, a: "y", b: "w" }, old[2], { id: 4, a: "z", b: "t" }]);
  });

  it.each([
    ["a row is inserted above", "a,b\nq,r\nx,u\ny,v\ny,v", 2, 'id 1 would refer to another row: "x, u" is now "q, r"'],
    ["a row is deleted", "a,b\ny,v\ny,v", 2, 'id 1 would refer to another row: "x, u" is now "y, v"'],
    ["the last row is missing", "a,b\nx,u\ny,v", 0, 'the file ends before id 3, "y, v"'],
    ["two rows change places", "a,b\ny,v\nx,u\ny,v", 2, "id 1 would refer to another row"],
    ["a row is another one", "a,b\nx,u\nq,r\ny,v", 3, 'id 2 would refer to another row: "y, v" is now "q, r"'],
  ])("are not assigned to other rows: %s", async (_why, text, line, message) => {
    expect((await again(text, dataset())).problems).toEqual([[line, expect.stringContaining(`The rows are numbered, and ${message}`)]]);
  });

  it("cannot be compared with records that have other numbers or are not JSON", async () => {
    expect((await again("a,b\nx,u", dataset([{ id: 7, a: "x", b: "u" }]))).problems[0]?.[1]).toContain(
      "record 1 of the dataset has the id 7: its numbers are not row numbers",
    );
    expect((await again("a,b\nx,u", dataset('[{"id": oops}]'))).problems[0]?.[1]).toContain("the records of the dataset cannot be read");
  });

  it("are compared by all other columns", async () => {
    const list = async function* <T>(items: T[]) {
      yield* items;
    };
    const rows = (...cells: string[]) => cells.map((a, i) => ({ record: { id: i + 1, a }, line: i + 2 }));
    const why = (...cells: string[]) =>
      whyRenumbered(
        list([
          { id: 1, a: "x" },
          { id: 2, a: "y" },
        ]),
        list(rows(...cells)),
        "id",
        ["a"],
      );
    expect(await why("x", "y", "z")).toBeUndefined();
    expect(await why("x", "q")).toEqual({ line: 3, message: 'id 2 would refer to another row: "y" is now "q"' });
  });
});

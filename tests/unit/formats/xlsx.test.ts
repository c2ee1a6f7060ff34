import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { allowedText } from "../../../lib/formats/xlsx/allowed-text.ts";
import { cellDateSerial, fittingText, MAX_CELL_CHARACTERS, sheetCellOf } from "../../../lib/formats/xlsx/cells.ts";
import { createEncoder } from "../../../lib/formats/xlsx/encoder.ts";
import { finishWorkbook } from "../../../lib/formats/xlsx/finish-workbook.ts";
import { MAX_SHEET_ROWS } from "../../../lib/formats/xlsx/sheet-limits.ts";
import { sheetColumnLetters, xmlText } from "../../../lib/formats/xlsx/sheet-xml.ts";
import { workbookSheetName } from "../../../lib/formats/xlsx/workbook-sheet-name.ts";
import { WorkbookWriter } from "../../../lib/formats/xlsx/workbook-writer.ts";
import { planTable, type TablePlan } from "../../../lib/schema/table-plan.ts";
import { memoryOutput } from "./memory-output.ts";

const ITEM = {
  type: "object",
  required: ["id"],
  properties: {
    id: { type: "string" },
    count: { type: "integer" },
    share: { type: "number" },
    isOpen: { type: "boolean" },
    day: { type: "string", format: "date" },
    since: { type: "string", format: "edtf" },
    tags: { type: "array", items: { type: "string" } },
  },
};
const SCHEMA = { type: "object", properties: { things: { type: "array", primaryKey: ["id"], items: ITEM } } };
const plan = (name = "things"): TablePlan => planTable(name, { ...SCHEMA, properties: { [name]: SCHEMA.properties.things } });
const FACTS = { name: "d", title: "Data & more", description: "What it is.", licenses: [{ name: "CC0-1.0" }] };

type Records = Parameters<ReturnType<typeof createEncoder>>[0]["records"];

type Writes = (writer: WorkbookWriter) => Promise<void>;

/** The files in a workbook of these facts, as its format writes it. */
async function written(facts: Parameters<typeof finishWorkbook>[0], write: Writes): Promise<Record<string, string>> {
  const output = memoryOutput();
  const writer = new WorkbookWriter(output);
  await write(writer);
  await writer.close();
  const bytes = output.bytes();
  const unfinished = {
    bytes: bytes.length,
    async *read() {
      yield bytes;
    },
    slice: async (start: number, end: number) => bytes.subarray(start, end),
  };
  const finished = memoryOutput();
  await finishWorkbook(facts, unfinished, { dataset: "d", version: "1.2.3", commit: "c0ffee", generator: "0" }, finished);
  return Object.fromEntries(Object.entries(unzipSync(finished.bytes())).map(([name, file]) => [name, Buffer.from(file).toString()]));
}

const workbook = (tables: [TablePlan, Records][]): Promise<Record<string, string>> =>
  written({ ...FACTS, plans: tables.map(([table]) => table) }, async (writer) => {
    for (const [table, records] of tables) {
      await writer.startTable(table);
      for (const part of createEncoder(table)({ records, lines: [], labels: new Map() })) await writer.write(part);
    }
  });

const cell = (name: string, value: unknown): string => {
  const column = plan().columns.find((each) => each.name === name);
  if (!column) throw new Error(name);
  return sheetCellOf(column, { [column.path[0] as string]: value } as never, new Map());
};

describe("a cell of a workbook", () => {
  it.each([
    ["id", "00123", '<c s="2" t="inlineStr"><is><t xml:space="preserve">00123</t></is></c>'],
    ["id", "2026-01-02", '<c s="2" t="inlineStr"><is><t xml:space="preserve">2026-01-02</t></is></c>'],
    ["id", "=1+2", '<c s="2" t="inlineStr"><is><t xml:space="preserve">=1+2</t></is></c>'],
    ["id", " a <b>\n", '<c s="2" t="inlineStr"><is><t xml:space="preserve"> a &lt;b&gt;\n</t></is></c>'],
    ["count", 12, "<c><v>12</v></c>"],
    ["count", 999_999_999_999_999, "<c><v>999999999999999</v></c>"],
    ["count", 9_007_199_254_740_991, '<c s="2" t="inlineStr"><is><t xml:space="preserve">9007199254740991</t></is></c>'],
    ["share", 0.001_25, "<c><v>0.00125</v></c>"],
    ["share", 1e-7, "<c><v>1e-7</v></c>"],
    ["share", 0.1 + 0.2, '<c s="2" t="inlineStr"><is><t xml:space="preserve">0.30000000000000004</t></is></c>'],
    ["isOpen", false, '<c t="b"><v>0</v></c>'],
    ["day", "2026-11-29", '<c s="3"><v>46355</v></c>'],
    ["day", "1867-03-30", '<c s="2" t="inlineStr"><is><t xml:space="preserve">1867-03-30</t></is></c>'],
    ["since", "2020-12", '<c s="2" t="inlineStr"><is><t xml:space="preserve">2020-12</t></is></c>'],
    ["since_end", "2020-12", undefined],
    ["tags", ["a", "b;c"], '<c s="2" t="inlineStr"><is><t xml:space="preserve">a;b\\;c</t></is></c>'],
    ["count", undefined, "<c/>"],
  ])("of %s with the value %j", (name, value, xml) => {
    if (xml !== undefined) expect(cell(name, value)).toBe(xml);
    else {
      const column = plan().columns.find((each) => each.name === name);
      expect(sheetCellOf(column as never, { since: value as never }, new Map())).toBe('<c s="3"><v>44196</v></c>');
    }
  });

  it("truncates a text that is too long for a cell, with a mark, and never within a character", () => {
    expect(fittingText("x".repeat(MAX_CELL_CHARACTERS))).toHaveLength(MAX_CELL_CHARACTERS);
    const cutText = fittingText("😀".repeat(MAX_CELL_CHARACTERS));
    expect(cutText.length).toBeLessThanOrEqual(MAX_CELL_CHARACTERS);
    expect(cutText).toMatch(/😀 \[…\]$/u);
  });

  it("counts days like Excel from March 1900", () => {
    expect([
      cellDateSerial("1900-02-28"),
      cellDateSerial("1900-03-01"),
      cellDateSerial("2000-01-01"),
      cellDateSerial("9999-12-31"),
      cellDateSerial("2020"),
    ]).toEqual([undefined, 61, 36_526, 2_958_465, undefined]);
  });

  it("escapes characters that XML cannot contain, and texts that look like an escape", () => {
    expect(xmlText("a\r\n_x0041_ \ufffe \ud800")).toBe("a_x000D_\n_x005F_x0041_ _xFFFE_ _xD800_");
  });
});

describe("a workbook", () => {
  it("has a sheet for each table, the dictionary and the origin; the first row is frozen and has filters", async () => {
    const files = await workbook([
      [plan(), [{ id: "a", count: 1 }, { id: "b" }]],
      [plan("others"), []],
    ]);
    expect(Object.keys(files)).toEqual([
      "[Content_Types].xml",
      "_rels/.rels",
      "xl/workbook.xml",
      "xl/_rels/workbook.xml.rels",
      "xl/styles.xml",
      ...[1, 2, 3, 4].map((number) => `xl/worksheets/sheet${number}.xml`),
    ]);
    expect([...(files["xl/workbook.xml"] as string).matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      "things",
      "others",
      "Columns",
      "About",
    ]);
    const sheet = files["xl/worksheets/sheet1.xml"] as string;
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toContain('<autoFilter ref="A1:I3"/>');
    expect(sheet.match(/<row>/g)).toHaveLength(3);
    expect(files["xl/worksheets/sheet2.xml"]).toContain('<autoFilter ref="A1:I1"/>');
    expect(files["xl/worksheets/sheet4.xml"]).toContain("Data &amp; more");
  });

  it("names the release, contributors, contacts, places and the date of the newest source", async () => {
    const contributors = [{ title: "Ann", path: "https://ann.example/", email: "ann@ann.example", roles: ["author"] }];
    const facts = { ...FACTS, contributors, spatial: ["Bavaria", "Hesse"], researchedUntil: "2026-02-19", plans: [plan()] };
    const { "xl/worksheets/sheet3.xml": about = "" } = await written(facts, (writer) => writer.startTable(plan()));
    const texts = [...about.matchAll(/<t [^>]*>([^<]*)<\/t>/g)].map(([, text]) => text);
    expect(texts.slice(0, 8)).toEqual(["", "", "Dataset", "Data &amp; more", "Version", "1.2.3", "Commit", "c0ffee"]);
    expect(texts.join("\n")).toContain(
      ["author", "Ann, https://ann.example/, ann@ann.example", "Places", "Bavaria, Hesse", "Newest source", "2026-02-19"].join("\n"),
    );
  });

  it("omits a table with too many rows for a sheet, with a note on other files", async () => {
    const table = plan();
    const files = await written({ ...FACTS, plans: [table] }, async (writer) => {
      await writer.startTable(table);
      await writer.write({ table: "things", rows: MAX_SHEET_ROWS, chunks: [] });
    });
    expect(Object.keys(files).filter((name) => name.includes("worksheets"))).toHaveLength(2);
    expect(files["xl/worksheets/sheet2.xml"]).toContain("The table things has 1048576 rows; a sheet holds 1048575. See the other files.");
  });

  it.each([
    ["things", [], "things"],
    ["a-very-long-name-of-a-table-that-goes-on", [], "a-very-long-name-of-a-table-that"],
    ["Columns", ["columns"], "Columns (2)"],
    ["history", [], "history (2)"],
    ["a/b", [], "a-b"],
  ])("names the sheet of %s next to %j: %s", (wanted, taken, name) => {
    expect(workbookSheetName(wanted, new Set(taken))).toBe(name.slice(0, 31));
  });

  it.each([
    [1, "A"],
    [26, "Z"],
    [27, "AA"],
    [702, "ZZ"],
    [703, "AAA"],
    [16_384, "XFD"],
  ])("calls column %i %s", (number, letters) => {
    expect(sheetColumnLetters(number)).toBe(letters);
  });
});

describe("allowedText", () => {
  const told = (listed: string[], values?: object): string | undefined =>
    allowedText({ allowed: listed, schema: values ? { values } : {} } as unknown as Parameters<typeof allowedText>[0]);

  it.each([
    ["lists values that the schema does not describe", ["big", "small"], undefined, "big, small"],
    ["adds descriptions", ["joined", "none"], { joined: { title: "Joined", description: "It signed." } }, "joined (It signed); none"],
    [
      "adds titles that say more than the value",
      ["as-of", "no-date"],
      { "as-of": { title: "on a day" }, "no-date": { title: "No date" } },
      "as-of (on a day); no-date",
    ],
    ["finds no description in the prototype of objects", ["constructor"], {}, "constructor"],
  ])("%s", (_, listed, values, expected) => {
    expect(told(listed, values)).toBe(expected);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { generateTable } from "../../imports/generate-table.ts";
import { tableOf } from "../../imports/publish-here.ts";
import { readCsv } from "../../imports/read-csv.ts";
import { otherInCsv, type Said, silentChanges, textsOf } from "../../imports/silent-changes.ts";
import { factpress, ROOT, scratch, write } from "../../scratch.ts";

const SHAPES = join(ROOT, "tests/imports/shapes");
const TABLES = Number(process.env["FACTPRESS_TABLES"]);
const DELIMITERS: Record<string, string> = { commas: ",", semicolons: ";", tabs: "\t", "vertical bars": "|" };

/** What `new` printed: of each column by name, and of the table. Columns are in the order of the file, after a number of the rows. */
function readOutput(out: string): { delimiter: string; said: { name: string; notes: string[] }[]; notes: string[] } {
  const [head = "", columns = "", ...rest] = out.split("\n\n");
  const said: { name: string; notes: string[] }[] = [];
  for (const line of columns.split("\n")) {
    const [, name, note] = /^ {2}(?:(\S+) +\S|( +\S.*)$)/u.exec(line) ?? [];
    if (name) said.push({ name, notes: [] });
    else if (note) said.at(-1)?.notes.push(note.trim());
  }
  const notes = (rest[0]?.startsWith("  ") ? rest[0] : "").split("\n").map((line) => line.trim());
  return { delimiter: DELIMITERS[/separated by (.*)$/.exec(head)?.[1] ?? ""] ?? ",", said, notes };
}

/** Imports and builds tables as people do; each cell of the release beside the one in the file. */
async function compare(texts: Record<string, string>): Promise<Record<string, string[]>> {
  const folder = await scratch();
  const output = new Map<string, ReturnType<typeof readOutput>>();
  for (const [name, text] of Object.entries(texts)) {
    await write(folder, { "rows.csv": text });
    const { code, out } = await factpress(folder, "new", name, "--from", "rows.csv");
    expect([name, code, out.slice(0, 200)]).toEqual([name, 0, expect.any(String)]);
    output.set(name, readOutput(out));
  }
  const built = await factpress(folder, "build", "--out", "out");
  expect(built).toEqual({ code: 0, out: expect.any(String) });
  return Object.fromEntries(
    [...output].map(([name, { delimiter, said, notes }]) => {
      const source = readCsv(texts[name] ?? "", delimiter);
      const records = readFileSync(join(folder, "out", name, "rows.ndjson"), "utf8").trim();
      const published = records === "" ? [] : records.split("\n").map((line) => textsOf(JSON.parse(line) as Record<string, unknown>));
      const rows = tableOf(source, notes);
      const isNumbered = said[0]?.notes.some((note) => note.startsWith("added:")) ?? false;
      const columns = said.map(({ name, notes }, i): Said => ({ name, notes, index: isNumbered ? (i === 0 ? undefined : i - 1) : i }));
      const csv = readCsv(readFileSync(join(folder, "out", name, "rows.csv"), "utf8"));
      return [name, [...silentChanges(rows, published, columns), ...otherInCsv(published, csv)]];
    }),
  );
}

const none = (texts: Record<string, string>) => Object.fromEntries(Object.keys(texts).map((name) => [name, []]));

it("changes no cell of tables shaped like public ones without saying so", async () => {
  // A column that is left out would shift those after it.
  const shapes = readdirSync(SHAPES).filter((name) => !name.startsWith("bank-indicators"));
  const texts = Object.fromEntries(shapes.map((name) => [name.replace(/\.\w+$/, ""), readFileSync(join(SHAPES, name), "utf8")]));
  expect(await compare(texts)).toEqual(none(texts));
});

it(`changes no cell of ${TABLES} generated tables without saying so`, async () => {
  const texts = Object.fromEntries(Array.from({ length: TABLES }, (_, i) => [`t${i + 1001}`, generateTable(i + 1001).text]));
  expect(await compare(texts)).toEqual(none(texts));
}, 1_800_000);

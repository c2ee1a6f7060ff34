import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { csvFile } from "../../../../lib/adapters/folder/csv-file.ts";
import type { CsvRow } from "../../../../lib/ports/ports.ts";
import { scratch } from "../../../scratch.ts";

async function read(content: string | Uint8Array): Promise<{ delimiter: string; rows: CsvRow[] }> {
  const path = join(await scratch(), "a.csv");
  await writeFile(path, content);
  const { delimiter, rows } = await csvFile(path);
  const found: CsvRow[] = [];
  for await (const row of rows()) found.push(row);
  return { delimiter, rows: found };
}

it.each([
  ["rows whose empty ends were trimmed", "a;b;c;\n1;2,5;x;\n2;3,5\n3;4,5;y\n", ";"],
  ["a title above", "Towns, 2020\na;b\n1;2\n3;4\n", ";"],
  ["decimal commas in every row", "a;b\n1,5;2\n3,5;4\n5,5;6\n", ";"],
  ["a bare quote under another sign", 'a;b\n"x";"y, z"\n"u, v";"w"\n', ";"],
  ["as many of two signs", "a,b;c\n1,2;3\n", ","],
  ["tabs between cells that hold as many commas", "unit,geo\\time\t2019 \t2020 \nPC,AT\t12.3 p\t: \nPC,BE\t11.0 \t1 b\n", "\t"],
  ["tabs between cells that hold more commas", "unit,freq,geo\\time\t2019 \nPC,A,AT\t12.3 p\n", "\t"],
  ["one column", "a\nb\n", ","],
])("finds the delimiter: %s", async (_what, text, delimiter) => {
  expect((await read(text)).delimiter).toBe(delimiter);
});

it("reports the line of each row and each error after the first chunk of a file", async () => {
  const rows = Array.from({ length: 40_000 }, (_, i) => `${i},"x\ny"`);
  const text = `a,b\n${rows.join("\n")}\n`;
  const { rows: found } = await read(text);
  expect([found.length, found.at(-1)?.line, found.at(-1)?.cells]).toEqual([40_001, 80_000, ["39999", "x\ny"]]);
  await expect(read(Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0x0a])]))).rejects.toMatchObject({
    line: 80_002,
    message: 'This line is not UTF-8; as Windows-1252 it reads "ÿ"',
  });
  await expect(read(`${text}\n\n\0\n`)).rejects.toMatchObject({
    line: 80_004,
    message: "A character here is NUL: this is not text",
  });
  await expect(read(`${text}1,"open`)).rejects.toMatchObject({ line: 80_002 });
});

it("counts lines if a chunk begins with a line break", async () => {
  const piece = 1 << 18;
  const text = `${"x".repeat(piece - 1)}\n\n\n`;
  await expect(read(Buffer.concat([Buffer.from(text), Buffer.from([0xff])]))).rejects.toMatchObject({ line: 4 });
  await expect(read(Buffer.concat([Buffer.from(`${"x".repeat(piece)}\n\n`), Buffer.from([0xff])]))).rejects.toMatchObject({ line: 3 });
});

it("refuses a line that is longer than two mebibytes", async () => {
  const line = 2 * 1024 * 1024;
  await expect(read(`a\n${"x".repeat(line + (1 << 18))}`)).rejects.toMatchObject({ line: 2, message: "The line is longer than 2 MiB" });
});

it("stops reading when its reader does", async () => {
  const path = join(await scratch(), "a.csv");
  await writeFile(path, `a,b\n${"1,2\n".repeat(100_000)}`);
  const { rows } = await csvFile(path);
  for await (const row of rows()) {
    expect(row).toEqual({ line: 1, cells: ["a", "b"] });
    break;
  }
});

import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { factpress, ROOT, scratch } from "../../scratch.ts";
import { findPythonWith } from "../optional.ts";

const run = promisify(execFile);

/** Compares every cell of a workbook with the CSV of its table, by the types of datapackage.json; prints what it counted. */
const COMPARE = `
import csv, datetime, json, sys, openpyxl
folder, name = sys.argv[1:]
package = json.load(open(f"{folder}/datapackage.json"))
book = openpyxl.load_workbook(f"{folder}/{name}.xlsx")
counts = {"tables": 0, "cells": 0, "dates": 0, "numbers": 0}
for resource in package["resources"]:
    table = resource["path"][:-4]
    if resource["format"] != "csv" or table not in book.sheetnames: continue
    sheet = book[table]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == sheet.dimensions, table
    rows = list(csv.reader(open(f"{folder}/{resource['path']}", newline="", encoding="utf-8")))
    read = list(sheet.iter_rows(values_only=True))
    assert len(rows) == len(read), (table, len(rows), len(read))
    assert list(read[0]) == rows[0], table
    types = [field["type"] for field in resource["schema"]["fields"]]
    counts["tables"] += 1
    for texts, values in zip(rows[1:], read[1:]):
        for text, value, kind in zip(texts, values, types):
            counts["cells"] += 1
            if isinstance(value, datetime.datetime): counts["dates"] += 1; value = value.date().isoformat()
            elif isinstance(value, bool): value = "true" if value else "false"
            elif isinstance(value, (int, float)):
                assert kind in ("integer", "number"), (table, text, kind)
                counts["numbers"] += 1; assert float(text) == value, (text, value); continue
            assert (value or "") == text, (table, text, value)
print(json.dumps(counts), book.sheetnames[-2:])
`;

describe.each(["rivers", "summits", "town-libraries"])("the workbook and the archive of %s", (name) => {
  let release: string;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "factpress-test-"));
    await cp(join(ROOT, "docs/examples", name), join(folder, "data", name), { recursive: true });
    const { code, out } = await factpress(folder, "build", "--out", join(folder, "out"));
    if (code !== 0) throw new Error(out);
    release = join(folder, "out", name);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("have in openpyxl the cells of the CSV, with their types", async () => {
    const script = join(folder, "compare.py");
    await writeFile(script, COMPARE);
    const { stdout } = await run(String(findPythonWith("openpyxl")), [script, release, name]);
    expect(stdout).toContain("['Columns', 'About']");
    const counts = JSON.parse(stdout.slice(0, stdout.indexOf("}") + 1)) as { cells: number; numbers: number };
    expect(counts.cells).toBeGreaterThan(10);
    expect(counts.numbers).toBeGreaterThan(0);
  });

  it("open in LibreOffice with the rows of the CSV", async () => {
    const place = await scratch();
    // Field separator, quote, UTF-8, first row, no formats of cells, the values as shown, every sheet.
    const filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    const profile = `-env:UserInstallation=file://${join(place, "profile")}`;
    await run("soffice", [profile, "--headless", "--convert-to", filter, "--outdir", place, join(release, `${name}.xlsx`)]);
    // LibreOffice shows true and false in capitals.
    const rowsOf = async (path: string): Promise<string[][]> =>
      (parse(await readFile(path)) as string[][]).map((row) =>
        row.map((cell) => (/^(TRUE|FALSE)$/.test(cell) ? cell.toLowerCase() : cell)),
      );
    const tables = (await readdir(release)).filter((file) => file.endsWith(".csv") && !file.includes("_")).map((file) => file.slice(0, -4));
    expect(tables.length).toBeGreaterThan(0);
    for (const table of tables)
      expect(await rowsOf(join(place, `${name}-${table}.csv`))).toEqual(await rowsOf(join(release, `${table}.csv`)));
  });

  it("unpack with unzip into the files that the archive's own SHA256SUMS names", async () => {
    const place = await scratch();
    await run("unzip", ["-q", join(release, `${name}.zip`), "-d", place]);
    const { stdout } = await run("sha256sum", ["-c", "SHA256SUMS"], { cwd: place });
    expect(
      stdout
        .trim()
        .split("\n")
        .every((line) => line.endsWith(": OK")),
    ).toBe(true);
    expect(stdout).toContain("datapackage.json: OK");
  });
});

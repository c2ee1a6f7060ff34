import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT, scratch } from "../../scratch.ts";
import { type Site, startSite } from "../browser/browser.ts";
import { findPythonWith } from "../optional.ts";

const run = promisify(execFile);
const unescaped = (html: string): string =>
  html.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

type Cell = string | number | boolean | null | (string | null)[];
type Row = Record<string, Cell | undefined>;

const TEXTS = [
  "NA",
  "nan",
  "NULL",
  "None",
  "-",
  "01067",
  "1e5",
  "007",
  "true",
  "TRUE",
  "=1+2",
  "'x",
  "''",
  "+49",
  "@a",
  "a;'b",
  "a;=b",
  "x\ny",
];
const MORE_TEXTS = [
  'say "hi"',
  "a,b",
  " padded ",
  "#N/A",
  "N/A",
  "inf",
  "2020-01-01",
  "Zürich",
  "日本",
  "1,234",
  "-5",
  "\\",
  "a\\;b",
  "<NA>",
  "n/a",
];
const NUMBERS = [0, -1, 0.1, 1e-7, -0.30000000000000004, 1.7976931348623157e308, 123456789.12345679, 5e-324];
const INTEGERS = [0, 1, -5, 9007199254740991, -9007199254740991, 2147483648];
const DATES = ["1492-10-12", "2020-02-29", "9999-12-31", "0001-01-01"];
const LISTS: (string | null)[][] = [[], ["a"], ["a;b", "c\\d"], ["[]"], ["=1", "'x"], ["-", "NA"], ["x\ny", ""]];
const of = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;
const texts = [...TEXTS, ...MORE_TEXTS];
const ROWS: Row[] = Array.from({ length: 40 }, (_, i) => ({
  id: `${String(i).padStart(3, "0")}`,
  text: of(texts, i),
  ...(i % 3 === 0 ? {} : { maybe: of(texts, i * 7 + 1) }),
  note: i % 5 === 0 ? "" : of(texts, i + 5),
  ...(i % 4 === 0 ? {} : { count: of(INTEGERS, i) }),
  ...(i % 4 === 1 ? {} : { size: of(NUMBERS, i) }),
  ...(i % 4 === 2 ? {} : { open: i % 2 === 0 }),
  ...(i % 4 === 3 ? {} : { day: of(DATES, i) }),
  ...(i % 6 === 0 ? {} : { tags: of(LISTS, i) }),
}));
const text = { type: "string" };
const FILES = {
  "data/cells/dataset.json": {
    name: "cells",
    title: "Cells",
    description: "Cells that are read wrongly.",
    licenses: [{ name: "CC0-1.0" }],
    // Without Parquet, whose types DuckDB would read.
    release: { version: "1.0.0", formats: ["csv", "json", "ndjson", "sqlite", "xlsx"] },
  },
  "data/cells/schema.json": {
    type: "object",
    properties: {
      rows: {
        type: "array",
        title: "Rows",
        primaryKey: ["id"],
        items: {
          type: "object",
          required: ["id", "text", "note"],
          properties: {
            id: text,
            text,
            maybe: text,
            note: text,
            count: { type: "integer" },
            size: { type: "number" },
            open: { type: "boolean" },
            day: { type: "string", format: "date" },
            tags: { type: "array", items: text },
          },
        },
      },
    },
  },
  "data/cells/rows.json": ROWS,
};
const NAMES = Object.keys(FILES["data/cells/schema.json"].properties.rows.items.properties);

/** The source, with null where a record has no value. */
const source = (names: readonly string[]): Cell[][] => ROWS.map((row) => names.map((name) => row[name] ?? null));

describe("the code that a page offers returns every cell unchanged", () => {
  let site: Site;
  const code = async (id: string): Promise<string> => {
    const page = await (await fetch(`${site.url}/cells/`)).text();
    const [, found] = new RegExp(`<div class="${id}">.*?<div class="code pinned"><pre><code>(.*?)</code>`, "s").exec(page) ?? [];
    return unescaped(found ?? "");
  };
  beforeAll(async () => {
    site = await startSite(FILES);
  });
  afterAll(() => site?.close());

  it("with pandas", async () => {
    const print = `
import json, sys
def plain(v):
    if isinstance(v, list): return v
    if v is None or v is pd.NA: return None
    if isinstance(v, date): return v.isoformat()
    return v.item() if hasattr(v, "item") else v
rows = [[plain(df[name].iloc[i]) for name in df.columns] for i in range(len(df))]
print("@@" + json.dumps({"names": list(df.columns), "rows": rows}))`;
    const { stdout } = await run(String(findPythonWith("pandas")), ["-c", `${await code("pandas")}\n${print}`]);
    const read = JSON.parse(stdout.split("@@")[1] ?? "") as { names: string[]; rows: Cell[][] };
    expect(read.names).toEqual(NAMES);
    expect(read.rows).toEqual(source(NAMES));
  });

  it("with R, except the last bits of numbers", async () => {
    const print = `
enc <- function(x) if (is.na(x)) "null" else paste0('"', utils::URLencode(enc2utf8(as.character(x)), reserved = TRUE), '"')
cell <- function(x) {
  if (is.list(x)) { x <- x[[1]]; if (is.null(x)) return("null"); return(paste0("[", paste(vapply(x, enc, ""), collapse = ","), "]")) }
  if (is.na(x)) return("null")
  if (is.numeric(x) && !inherits(x, "Date")) return(format(x, digits = 17))
  if (is.logical(x)) return(tolower(as.character(x)))
  enc(format(x))
}
for (i in seq_len(nrow(rows))) cat("@@[", paste(vapply(names(rows), function(n) cell(rows[[n]][i]), ""), collapse = ","), "]\\n", sep = "")`;
    const file = join(await scratch(), "code.R");
    await writeFile(file, `${await code("r")}\n${print}`);
    const { stdout } = await run("Rscript", ["--vanilla", file]);
    const decoded = (cell: Cell): Cell =>
      Array.isArray(cell) ? cell.map((item) => decoded(item) as string | null) : typeof cell === "string" ? decodeURIComponent(cell) : cell;
    const rows = stdout
      .split("@@")
      .slice(1)
      .map((line) => (JSON.parse(line) as Cell[]).map(decoded));
    const size = NAMES.indexOf("size");
    const expected = source(NAMES);
    expect(rows.map((row) => row.toSpliced(size, 1))).toEqual(expected.map((row) => row.toSpliced(size, 1)));
    for (const [i, row] of rows.entries()) {
      const [read, was] = [row[size], expected[i]?.[size]] as [number | null, number | null];
      if (read === null || was === null) expect(read).toBe(was);
      else expect(Math.abs(read - was)).toBeLessThanOrEqual(Math.abs(was) * 2 ** -51);
    }
  });

  // Reading from an address needs an extension that DuckDB fetches when it is first used; a file reads the same.
  it("with DuckDB, lists as their joined text", async () => {
    const sql = (await code("duckdb")).replace(/'http[^']*'/, `'${join(site.store, "cells/1.0.0/rows.csv")}'`);
    const { DuckDBInstance } = createRequire(join(ROOT, "tests/bench/package.json"))("@duckdb/node-api") as {
      DuckDBInstance: {
        create(): Promise<{
          connect(): Promise<{ runAndReadAll(sql: string): Promise<{ columnNames(): string[]; getRowsJson(): Cell[][] }> }>;
        }>;
      };
    };
    const connection = await (await DuckDBInstance.create()).connect();
    const found = await connection.runAndReadAll(sql);
    const names = NAMES.filter((name) => name !== "tags");
    expect(found.columnNames()).toEqual(NAMES);
    const count = NAMES.indexOf("count");
    const rows = found.getRowsJson().map((row) => row.map((cell, i) => (i === count && cell !== null ? Number(cell) : cell)));
    expect(rows.map((row) => names.map((name) => row[NAMES.indexOf(name)]))).toEqual(source(names));
  });

  it("with JavaScript", async () => {
    const { stdout } = await run(process.execPath, [
      "--input-type=module",
      "-e",
      `${await code("javascript")}\nconsole.log("@@" + JSON.stringify(rows));`,
    ]);
    expect(JSON.parse(stdout.split("@@")[1] ?? "")).toEqual(JSON.parse(await readFile(join(site.store, "cells/1.0.0/rows.json"), "utf8")));
  });
});

import { describe, expect, it } from "vitest";
import { duckdbCode } from "../../../lib/formats/csv/duckdb-code.ts";
import { pandasCode } from "../../../lib/formats/csv/pandas-code.ts";
import { rCode } from "../../../lib/formats/csv/r-code.ts";
import type { ReadColumn } from "../../../lib/formats/format.ts";
import { sqliteCode } from "../../../lib/formats/sqlite/sqlite-code.ts";
import { pagesOf } from "../site/pages-of.ts";

const URL = "https://data.example/t/1.0.0/t.csv";
const column = (name: string, type = "string", more: Partial<ReadColumn> = {}): ReadColumn => ({
  ...{ header: name, name, type, isList: false },
  ...more,
});
const table = (columns: ReadColumn[], layout = 1) => ({ layout, columns });

describe("code that reads a table of texts", () => {
  const texts = table([column("id"), column("iso2")]);
  it("with pandas reads no text as a number or a missing value, and removes the guards", () => {
    expect(pandasCode(texts, URL)).toBe(
      [
        "import pandas as pd",
        "",
        `url = "${URL}"`,
        'df = pd.read_csv(url, dtype="string", keep_default_na=False, na_values=[""])',
        "# Text that a spreadsheet could run as a formula has a ' before it: take it away.",
        `df = df.apply(lambda column: column.str.replace(r"^'", r"", regex=True))`,
        "print(df.head())",
      ].join("\n"),
    );
  });
  it("with R", () => {
    expect(rCode(texts, URL).split("\n")).toEqual([
      `url <- "${URL}"`,
      'rows <- read.csv(url, colClasses = "character", na.strings = "", check.names = FALSE, encoding = "UTF-8")',
      expect.stringMatching(/^#/),
      `rows[] <- lapply(rows, function(column) gsub("^'", "", column))`,
      "head(rows)",
    ]);
  });
  it("with DuckDB", () => {
    expect(duckdbCode(texts, URL).split("\n")).toEqual([
      "SELECT *",
      expect.stringMatching(/^--/),
      "FROM (SELECT regexp_replace(COLUMNS(*), '^''', '', 'g')",
      `  FROM read_csv('${URL}', header = true, all_varchar = true,`,
      `    allow_quoted_nulls = false, delim = ',', quote = '"', escape = '"'));`,
    ]);
  });
});

describe("code with quotes in an address and a name", () => {
  it("escapes both", () => {
    const url = "https://data.example/it's/$(a)/`b`.csv";
    const written = "https://data.example/it%27s/%24(a)/%60b%60.csv";
    const texts = table([column("id")]);
    expect(pandasCode(texts, url)).toContain(`url = "${written}"\n`);
    expect(rCode(texts, url)).toContain(`url <- "${written}"\n`);
    expect(duckdbCode(texts, url)).toContain(`read_csv('${written}', `);
    expect(sqliteCode("it's", "https://data.example/it's/d.sqlite").split("\n").slice(0, 2)).toEqual([
      "curl -fLO https://data.example/it%27s/d.sqlite",
      `sqlite3 -header d.sqlite 'SELECT * FROM "it'\\''s" LIMIT 5'`,
    ]);
  });

  it("uses the table name of the database", () => {
    expect(sqliteCode("sqlite_things", URL)).toContain(`'SELECT * FROM "_sqlite_things" LIMIT 5'`);
  });
});

describe("code that reads a column", () => {
  it.each([
    ["integer", 'df[name].astype("Int64")', "as.numeric(rows[[name]])", "BIGINT"],
    ["number", 'df[name].astype("Float64")', "as.numeric(rows[[name]])", "DOUBLE"],
    ["boolean", 'df[name].map({"true": True, "false": False}).astype("boolean")', 'rows[[name]] == "true"', "BOOLEAN"],
    ["date", 'df[name].map(date.fromisoformat, na_action="ignore")', "as.Date(rows[[name]])", "DATE"],
  ])("of type %s gives it that type", (type, python, r, sql) => {
    const here = table([column("id"), column("x", type), column('a"b', type)]);
    expect(pandasCode(here, URL)).toContain(`for name in ["x", "a\\"b"]:\n    df[name] = ${python}\n`);
    expect(rCode(here, URL)).toContain(`for (name in c("x", "a\\"b")) rows[[name]] <- ${r}\n`);
    expect(duckdbCode(here, URL)).toContain(`SELECT * REPLACE (CAST("x" AS ${sql}) AS "x", CAST("a""b" AS ${sql}) AS "a""b")\n`);
    expect(pandasCode(here, URL).includes("from datetime import date")).toBe(type === "date");
    expect(pandasCode(here, URL)).not.toContain("import re");
  });

  it("of lists splits them, in pandas and R", () => {
    const here = table([column("id"), column("tags", "string", { isList: true })]);
    expect(pandasCode(here, URL)).toMatch(/^import re\n/);
    expect(pandasCode(here, URL)).toContain('for name in ["tags"]:\n    df[name] = df[name].map(items, na_action="ignore")\n');
    expect(rCode(here, URL)).toContain('for (name in c("tags")) rows[[name]] <- lapply(rows[[name]], items)\n');
    expect(duckdbCode(here, URL)).toMatch(/^SELECT \*\n/);
  });

  it("reads an empty cell as an empty text if every record has a value, and marks ambiguous cases", () => {
    const here = table([column("id"), column("a", "string", { emptyText: "always" }), column("b", "string", { emptyText: "maybe" })]);
    expect(pandasCode(here, URL)).toContain('for name in ["a"]:\n    df[name] = df[name].fillna("")\n');
    expect(rCode(here, URL)).toContain('for (name in c("a")) rows[[name]] <- ifelse(is.na(rows[[name]]), "", rows[[name]])\n');
    for (const code of [pandasCode(here, URL), rCode(here, URL)])
      expect(code).toContain('# In "b", an empty text and no value are both missing here; the JSON tells them apart.\n');
    const many = table([..."bcdef"].map((name) => column(name, "string", { emptyText: "maybe" })));
    expect(rCode(many, URL)).toContain('# In "b", "c", "d" and 2 more, an empty text');
    expect(rCode(table([column("b")]), URL)).not.toContain("# In");
  });

  it("of a later layout removes guards after each ; and in names", () => {
    const here = table([column("id"), column("=x", "integer", { header: "'=x" })], 2);
    expect(pandasCode(here, URL)).toContain(`column.str.replace(r"(^|;)'", r"\\1", regex=True))\n`);
    expect(pandasCode(here, URL)).toContain(`df.columns = df.columns.str.replace(r"(^|;)'", r"\\1", regex=True)\nfor name in ["=x"]`);
    expect(rCode(here, URL)).toContain(`gsub("(^|;)'", "\\\\1", column))\nnames(rows) <- gsub("(^|;)'", "\\\\1", names(rows))\n`);
    expect(duckdbCode(here, URL)).toContain(`CAST("'=x" AS BIGINT) AS "'=x"`);
    expect(duckdbCode(here, URL)).toContain(`'(^|;)''', '\\1', 'g')`);
    expect(pandasCode(table([column("id")], 2), URL)).not.toContain("df.columns");
  });

  it("among many wraps their names", () => {
    const names = Array.from({ length: 46 }, (_, i) => `measure_${i}`);
    const here = table(names.map((name) => column(name, "number")));
    for (const code of [pandasCode(here, URL), rCode(here, URL)]) {
      for (const name of names) expect(code).toContain(`"${name}"`);
      expect(Math.max(...code.split("\n").map(({ length }) => length))).toBeLessThan(120);
      expect(code.split("\n").length).toBeLessThan(22);
      expect(code).toContain('"measure_45"\n');
    }
  });
});

describe("the page of a release", () => {
  const property = (type: string, more: object = {}): object => ({ type, title: type, ...more });
  const given = {
    dataset: { name: "offices", title: "Offices", description: "Offices.", licenses: [{ name: "CC0-1.0" }] },
    schema: {
      type: "object",
      properties: {
        offices: {
          type: "array",
          title: "Offices",
          primaryKey: ["id"],
          items: {
            type: "object",
            required: ["id", "note"],
            properties: {
              id: property("string"),
              note: property("string"),
              plz: property("string"),
              staff: property("integer"),
              tags: property("array", { items: { type: "string" } }),
            },
          },
        },
      },
    },
    tables: {
      offices: [
        { id: "a", note: "", plz: "01067", staff: 1, tags: ["x"] },
        { id: "b", note: "n", plz: "", tags: [] },
      ],
    },
    fields: { offices: ["string", "string", "string", "integer", "string"] },
  };

  it("offers code with the types of its datapackage.json, for the release and for the latest", async () => {
    const { html } = await pagesOf(given);
    const code = html.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    for (const version of ["1.0.0", "latest"]) expect(code).toContain(`url = "https://data.example/offices/${version}/offices.csv"`);
    expect(code).toContain('for name in ["staff"]:\n    df[name] = df[name].astype("Int64")\n');
    expect(code).toContain('for name in ["tags"]:\n    df[name] = df[name].map(items');
    expect(code).toContain('for name in ["note"]:\n    df[name] = df[name].fillna("")');
    expect(code).toContain('# In "plz", an empty text');
    expect(code).not.toContain("pd.read_csv(url)");
  });
});

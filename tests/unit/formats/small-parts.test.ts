import { describe, expect, it } from "vitest";
import { codeAddress } from "../../../lib/formats/code-address.ts";
import { tableSchema } from "../../../lib/formats/csv/table-schema.ts";
import { displayText } from "../../../lib/formats/display-text.ts";
import { fileExtension } from "../../../lib/formats/file-extension.ts";
import { formatWithExtension } from "../../../lib/formats/format-with-extension.ts";
import { formatsAmong } from "../../../lib/formats/formats-among.ts";
import { isInt64 } from "../../../lib/formats/is-int64.ts";
import { listFormatFiles } from "../../../lib/formats/list-format-files.ts";
import { mediaTypeOfName } from "../../../lib/formats/media-type.ts";
import { lowerText, upperText } from "../../../lib/formats/parquet/lower-text.ts";
import { parquetChanges } from "../../../lib/formats/parquet/parquet-changes.ts";
import { plainText } from "../../../lib/formats/plain-text.ts";
import { plansWithColumnIds } from "../../../lib/formats/plans-with-column-ids.ts";
import { quotedName } from "../../../lib/formats/quoted-name.ts";
import { recordsFile } from "../../../lib/formats/records-file.ts";
import { rowsFile } from "../../../lib/formats/rows-file.ts";
import { sqliteChanges } from "../../../lib/formats/sqlite/sqlite-changes.ts";
import { valueAt } from "../../../lib/formats/value-at.ts";
import { planTable, type Schema, type TablePlan } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const planOf = (properties: Record<string, Schema>, name = "t", required: string[] = []): TablePlan =>
  planTable(name, {
    type: "object",
    properties: {
      [name]: {
        type: "array",
        primaryKey: ["id"],
        items: { type: "object", required: ["id", ...required], properties: { id: text, ...properties } },
      },
    },
  });

describe("values", () => {
  it.each<[unknown, string | undefined]>([
    ["a", "a"],
    [1.5, "1.5"],
    [true, "true"],
    [{ a: 1 }, '{"a":1}'],
    [[1], "[1]"],
    [null, undefined],
    [undefined, undefined],
  ])("%j as plain text is %s", (value, plain) => {
    expect(plainText(value as never)).toBe(plain);
  });

  it.each<[Schema, unknown, string | undefined]>([
    [text, "a", "a"],
    [text, null, undefined],
    [text, undefined, undefined],
    [{ type: "number", display: "{} m" }, 5, "5 m"],
    [{ type: "number", display: "{} m" }, "$&", "$& m"],
    [{ ...text, references: "rivers" }, "rhine", "Rhine"],
    [{ ...text, references: "rivers" }, "elbe", "elbe"],
    [{ ...text, references: "lakes" }, "rhine", "rhine"],
    [{ type: "boolean", display: "yes", displayFalse: "no" } as Schema, true, "yes"],
    [{ type: "boolean", display: "yes", displayFalse: "no" } as Schema, false, "no"],
    [{ type: "boolean" }, false, "false"],
    [{ type: "object", properties: { a: text, b: { ...text, references: "rivers" }, c: text } }, { a: "x", b: "rhine" }, "x, Rhine"],
    [{ type: "object", properties: { a: text } }, {}, undefined],
    [{ type: "object" }, { a: 1 }, undefined],
  ])("of %j, %j is shown as %s", (schema, value, shown) => {
    const labels = new Map([["rivers", new Map([["rhine", "Rhine"]])]]);
    expect(displayText(schema, value as never, labels)).toBe(shown);
  });

  it("are found at a path, but not in lists or among what every object has", () => {
    const record = { a: { b: 1, c: null }, list: [1] };
    expect([valueAt(record, []), valueAt(record, ["a", "b"]), valueAt(record, ["a", "c"])]).toEqual([record, 1, null]);
    for (const path of [["x"], ["a", "x"], ["a", "b", "x"], ["a", "c", "x"], ["list", "0"], ["list", "length"], ["constructor"]])
      expect(valueAt(record, path), path.join(".")).toBeUndefined();
  });

  it("fit into 64 bits", () => {
    expect([0, 2 ** 62, -(2 ** 63), 2 ** 63 - 1024].map(isInt64)).toEqual([true, true, true, true]);
    expect([2 ** 63, -(2 ** 63) - 2048, 1e300].map(isInt64)).toEqual([false, false, false]);
  });
});

describe("names of files", () => {
  it("end with an extension, in lower case", () => {
    expect(["a.csv", "a.TAR.GZ", "LICENSE", "a.", "a.b/c", ".x"].map(fileExtension)).toEqual(["csv", "gz", "", "", "", "x"]);
    expect([formatWithExtension("csv")?.name, formatWithExtension("parquet")?.name, formatWithExtension("doc")]).toEqual([
      "csv",
      "parquet",
      undefined,
    ]);
    expect([recordsFile("t"), rowsFile("t")]).toEqual(["t.ndjson", "t.csv"]);
    expect(quotedName('a"b')).toBe('"a""b"');
  });

  it.each([
    ["a.csv", "text/csv", true, true],
    ["index.html", "text/html", true, true],
    ["feed.xml", "application/xml", true, true],
    ["a.css", "text/css", true, true],
    ["a.js", "text/javascript", true, true],
    ["a.avro", "application/avro", false, false],
    ["a.png", "image/png", false, false],
    ["a.woff2", "font/woff2", false, false],
    ["README.md", "text/plain", true, true],
    ["SHA256SUMS", "text/plain", true, true],
  ])("%s is %s", (name, mediaType, isText, isCompressedByCdn) => {
    expect(mediaTypeOfName(name)).toMatchObject({ mediaType, isText, isCompressedByCdn });
  });

  it("are those of each table, of all tables, and of archives", () => {
    const plans = [planOf({ parts: { type: "array", items: { type: "object", properties: { of: text } } } }), planOf({}, "u")];
    const metadata = { name: "d" };
    const names = (formats: string[]): string[] => listFormatFiles({ metadata, plans, formats }).map(({ name }) => name);
    expect(names(["csv", "json"])).toEqual(["t.csv", "t_parts.csv", "t.json", "u.csv", "u.json"]);
    expect(names(["zip", "sqlite", "ndjson"])).toEqual(["t.ndjson", "u.ndjson", "d.sqlite", expect.stringMatching(/^d.*\.zip$/)]);
    expect(names([])).toEqual([]);
    expect(
      listFormatFiles({ metadata, plans, formats: ["csv"] }).map((file) => ("link" in file && file.link ? file.link.name : undefined)),
    ).toEqual([undefined, "t_parts", undefined]);
    expect(formatsAmong({ metadata, plans }, new Set(["t_parts.csv", "d.sqlite", "other.json"]))).toEqual(["csv", "sqlite"]);
    expect(formatsAmong({ metadata, plans }, new Set())).toEqual([]);
    expect([
      plansWithColumnIds({ metadata, plans, formats: ["parquet"] }),
      plansWithColumnIds({ metadata, plans, formats: ["csv", "sqlite"] }),
    ]).toEqual([plans, []]);
  });
});

describe("codeAddress", () => {
  it("is an address that code can hold in quotes", () => {
    expect(codeAddress("https://example.org/a~1.csv?b=c&d")).toBe("https://example.org/a~1.csv?b=c&d");
    expect(codeAddress(`a"b'c\\d e$f\`g\n`)).toBe("a%22b%27c%5Cd%20e%24f%60g%0A");
  });
});

describe("bounds of texts", () => {
  const bounds = (word: string, maxBytes: number): string[] =>
    [lowerText, upperText].map((of) => of(Buffer.from(word), maxBytes).toString());
  it("are the text itself if it is short", () => {
    expect([bounds("abc", 3), bounds("", 0)]).toEqual([
      ["abc", "abc"],
      ["", ""],
    ]);
  });

  it("are whole characters that are no greater, and no less", () => {
    expect(bounds("abcd", 3)).toEqual(["abc", "abd"]);
    expect(bounds("aéé", 2)).toEqual(["a", "b"]);
    expect(bounds("aéé", 3)).toEqual(["aé", "aê"]);
    expect(bounds("a€€", 5)).toEqual(["a€", "a₭"]);
    expect(bounds("a\u{10ffff}b", 5)).toEqual(["a\u{10ffff}", "b"]);
    expect(bounds("\ud7ffb", 3)).toEqual(["\ud7ff", "\ue000"]);
    expect(bounds("\u{10ffff}b", 4)).toEqual(["\u{10ffff}", "\u{10ffff}b"]);
  });
});

describe("columns with another type than before", () => {
  const retyped = (old: Record<string, Schema>, now: Record<string, Schema>): (string | undefined)[] =>
    [parquetChanges("t.parquet", planOf(old), planOf(now)), sqliteChanges("d.sqlite", planOf(old), planOf(now))].map((changes) => {
      expect(changes.every(({ table, column }) => table === "t" && column === "c")).toBe(true);
      return changes.map(({ kind, change }) => `${kind}: ${change}`).join("; ") || undefined;
    });

  it.each<[Schema, Schema, string | undefined, string | undefined]>([
    [text, text, undefined, undefined],
    [
      { type: "integer" },
      { type: "number" },
      "t.parquet: column c was INT64 and is DOUBLE",
      "d.sqlite: column c of t was INTEGER and is REAL",
    ],
    [
      { type: "boolean" },
      { type: "integer" },
      "t.parquet: column c was BOOLEAN and is INT64",
      "d.sqlite: column c of t was 1 or 0 and is INTEGER",
    ],
    [text, { ...text, format: "date" }, "t.parquet: column c was STRING and is DATE", undefined],
    [text, { type: ["string", "integer"] }, "t.parquet: column c was STRING and is JSON", "d.sqlite: column c of t was TEXT and is ANY"],
  ])("are reported from %j to %j", (old, now, parquet, sqlite) => {
    expect(retyped({ c: old }, { c: now })).toEqual([parquet, sqlite].map((change) => change && `column-retyped: ${change}`));
  });

  it("are reported as lists with the type of their items", () => {
    expect(retyped({ c: text }, { c: { type: "array", items: text } })).toEqual([
      "column-retyped: t.parquet: column c was STRING and is LIST<STRING>",
      "column-retyped: d.sqlite: column c of t was TEXT and is JSON",
    ]);
  });

  it("are none if the column is gone", () => {
    expect(retyped({ c: text }, {})).toEqual([undefined, undefined]);
    expect(retyped({}, { c: text })).toEqual([undefined, undefined]);
  });
});

describe("tableSchema", () => {
  const others = planOf({}, "Others");
  const plan = planOf(
    {
      n: { type: "integer" },
      mixed: { type: ["integer", "number", "null"] },
      any: { type: ["integer", "string"] },
      day: { ...text, format: "date" },
      about: { ...text, format: "edtf" },
      kind: { ...text, enum: ["=a", "b"] },
      of: { ...text, references: "Others" },
      count: { type: "integer", references: "Others" },
      list: { type: "array", items: { ...text, references: "Others" }, description: "All." },
      tree: { type: "object" },
      note: { ...text, minLength: 1 },
    },
    "t",
    ["n", "kind", "of", "note", "about"],
  );
  const made = tableSchema({ layout: 2, columns: plan.columns, primaryKey: ["id"], plans: [plan, others] }) as {
    fields: { name: string; type: string; description?: string; missingValues?: string[]; constraints?: object }[];
    foreignKeys?: object[];
  };

  it("has the type of each column", () => {
    expect(Object.fromEntries(made.fields.map(({ name, type }) => [name, type]))).toEqual({
      ...{
        id: "string",
        n: "integer",
        mixed: "number",
        any: "string",
        day: "date",
        about: "string",
        about_start: "date",
        about_end: "date",
      },
      ...{ kind: "string", of: "string", count: "integer", list: "string", tree: "string", note: "string" },
      ...Object.fromEntries(made.fields.filter(({ name }) => name.endsWith("_label")).map(({ name }) => [name, "string"])),
    });
  });

  it("has what is required and allowed, as in the CSV", () => {
    const constraints = Object.fromEntries(made.fields.flatMap((field) => (field.constraints ? [[field.name, field.constraints]] : [])));
    expect(constraints).toMatchObject({ id: { required: true }, n: { required: true }, kind: { required: true, enum: ["'=a", "b"] } });
    expect(constraints).not.toHaveProperty("day");
    expect(made.fields.filter(({ missingValues }) => missingValues).map(({ name }) => name)).toEqual(["of"]);
  });

  it("explains lists, and refers to tables with a key of the same type", () => {
    expect(made.fields.find(({ name }) => name === "list")?.description).toMatch(/^All\. A list, joined with ; /);
    expect(made.foreignKeys).toEqual([{ fields: ["of"], reference: { resource: "others", fields: ["id"] } }]);
    expect(made).toMatchObject({ primaryKey: ["id"], missingValues: [""] });
    const bare = tableSchema({ layout: 2, columns: others.columns, primaryKey: [], plans: [] });
    expect(bare).not.toHaveProperty("primaryKey");
    expect(bare).not.toHaveProperty("foreignKeys");
    const composite = { ...others, primaryKey: ["id", "n"] };
    expect(tableSchema({ layout: 2, columns: plan.columns, primaryKey: ["id"], plans: [composite] })).not.toHaveProperty("foreignKeys");
  });
});

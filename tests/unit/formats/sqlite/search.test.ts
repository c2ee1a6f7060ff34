import { describe, expect, it } from "vitest";
import { indexedWords } from "../../../../lib/formats/sqlite/indexed-words.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { integrityErrors, open, rowsOf, writeDatabase } from "./write-database.ts";

const text = { type: "string" };
const tableWith = (properties: Record<string, Schema>): Schema => ({
  type: "array",
  primaryKey: ["id"],
  items: { type: "object", properties },
});
const schema: Schema = { type: "object", properties: { t: tableWith({ id: text, note: { ...text, search: true } }) } };
const records = Array.from({ length: 900 }, (_, i) => ({ id: `k${i}`, note: `The embassy w${i} w${i % 30}` }));

const tablesOf = (bytes: Uint8Array): unknown[] => rowsOf(open(bytes), "SELECT name FROM sqlite_schema WHERE type = 'table'").flat();

describe("words for full-text search", () => {
  it.each([
    ["The Embassy", ["the", "embassy"]],
    ["“Zürich”, 2020–2021.", ["zurich", "2020", "2021"]],
    ["e\u0301a İSTANBUL ΑΘΗΝΑ", ["ea", "istanbul", "αθηνα"]],
    ["北京 السفارة a_b", ["北京", "السفارة", "a", "b"]],
    [" \u0000\u0301 ", []],
  ])("of %j are %j", (of, words) => {
    expect(indexedWords(of)).toEqual(words);
  });
});

// SQLite with FTS5 reads them in tests/suites/readers/search.test.ts.
describe("the index for full-text search", () => {
  it("is in separate tables, which are consistent, and covers each row", async () => {
    const bytes = await writeDatabase(schema, { t: records });
    expect(tablesOf(bytes)).toEqual([
      ...["t", "t_fts", "t_fts_data", "t_fts_idx", "t_fts_docsize", "t_fts_config", "data_dictionary", "dataset_info"],
    ]);
    const db = open(bytes);
    expect(integrityErrors(db)).toEqual([]);
    expect(rowsOf(db, "SELECT sql FROM sqlite_schema WHERE name = 't_fts'")).toEqual([
      ['CREATE VIRTUAL TABLE "t_fts" USING fts5("note", content="t")'],
    ]);
    expect(rowsOf(db, "SELECT count(*), min(hex(sz)), max(id) FROM t_fts_docsize")).toEqual([[900, "04", 900]]);
    expect(rowsOf(db, "SELECT count(*) > 3 FROM t_fts_data")).toEqual([[1]]);
  });

  it("does not depend on the size of batches", async () => {
    const whole = await writeDatabase(schema, { t: records });
    for (const batch of [1, 7, 899]) expect((await writeDatabase(schema, { t: records }, { batch })).equals(whole)).toBe(true);
  });

  it("exists for tables that request it, even if they are empty", async () => {
    const both: Schema = { type: "object", properties: { ...schema.properties, other: tableWith({ id: text, note: text }) } };
    const names = tablesOf(await writeDatabase(both, { other: [{ id: "a", note: "b" }] }));
    expect(names.filter((name) => String(name).endsWith("_fts"))).toEqual(["t_fts"]);
  });

  it("uses another name for the row number if a column has that name", async () => {
    const named = tableWith({ id: text, rowid: text, note: { ...text, search: true } });
    const db = open(await writeDatabase({ type: "object", properties: { t: named } }, { t: [{ id: "a", note: "b" }] }));
    expect(String(rowsOf(db, "SELECT sql FROM sqlite_schema WHERE name = 't_fts'")[0]?.[0])).toContain('content_rowid="_rowid_"');
  });

  it("has a name that no column has, because FTS5 adds a column of that name", async () => {
    const named = tableWith({ id: text, T_fts: { ...text, search: true } });
    const names = tablesOf(await writeDatabase({ type: "object", properties: { t: named } }, { t: [{ id: "a", T_fts: "b" }] }));
    expect(names.slice(0, 3)).toEqual(["t", "t_fts_", "t_fts__data"]);
  });

  it("is omitted if columns have all names of the row number", async () => {
    const named = tableWith({ id: text, rowid: text, _rowid_: text, oid: text, note: { ...text, search: true } });
    expect(tablesOf(await writeDatabase({ type: "object", properties: { t: named } }, { t: [{ id: "a" }] }))).not.toContain("t_fts");
  });

  it.each([{ words: 900 }, { bytes: 8_000 }])("is omitted beyond a limit (%j), with a note", async (limit) => {
    const search = { words: 10_000, bytes: 1_000_000, ...limit };
    const bytes = await writeDatabase(schema, { t: records }, { search });
    expect(tablesOf(bytes)).toEqual(["t", "data_dictionary", "dataset_info"]);
    const db = open(bytes);
    expect(integrityErrors(db)).toEqual([]);
    expect(rowsOf(db, "SELECT value FROM dataset_info WHERE name = 'not in this file'")).toEqual([
      ["The table t has too many words for full-text search."],
    ]);
  });
});

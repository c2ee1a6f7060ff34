import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UnencodableError } from "../../../../lib/formats/unencodable-error.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { FACTS, integrityErrors, open, RELEASE, type Records, rowsOf, writeDatabase } from "./write-database.ts";

const TEXT = { type: "string" };
const table = (properties: Record<string, Schema>, primaryKey = ["id"], required = primaryKey): Schema => ({
  type: "array",
  primaryKey,
  items: { type: "object", required, properties },
});
const schemaOf = (tables: Record<string, Schema>): Schema => ({ type: "object", properties: tables });

const RIVERS = schemaOf({
  rivers: table({ id: TEXT, label: TEXT, length: { type: "integer" }, flow: { type: "number" }, tidal: { type: "boolean" } }),
  levels: table(
    {
      river: { ...TEXT, references: "rivers" },
      gauge: { type: "integer" },
      day: { ...TEXT, format: "date" },
      when: { ...TEXT, format: "edtf" },
    },
    ["river", "gauge"],
  ),
  notes: table({
    id: { type: "integer" },
    tags: { type: "array", items: TEXT },
    rivers: { type: "array", items: { ...TEXT, references: "rivers" } },
    any: { type: ["string", "number", "boolean"] },
    deep: { type: "object" },
    seen: { type: "array", items: { type: "object", properties: { by: TEXT, river: { ...TEXT, references: "rivers" } } } },
  }),
});
const RIVER_RECORDS = {
  rivers: [
    { id: "rhine", label: "Rhine", length: 1_233, flow: 2_900.5, tidal: false },
    { id: "elbe", label: "Elbe", length: -9_007_199_254_740_991, flow: 870, tidal: true },
    { id: "Å", label: "" },
  ],
  levels: [
    { river: "rhine", gauge: 2, day: "2024-01-02", when: "2024-01" },
    { river: "elbe", gauge: 10 },
    { river: "rhine", gauge: -1 },
  ],
  notes: [
    {
      ...{ id: 7, tags: ["a;b", "c"], rivers: ["elbe", "rhine"], any: "12", deep: { a: [1, null] } },
      seen: [{ by: "Ann", river: "elbe" }, { by: "Bo" }],
    },
    { id: -3, tags: [], any: 12 },
    { id: 300, any: true },
  ],
};
const LABELS = new Map([
  [
    "rivers",
    new Map([
      ["rhine", "Rhine"],
      ["elbe", "Elbe"],
    ]),
  ],
]);

describe("a database", () => {
  it("stores every value with its type, lists as JSON, and lists of objects and references as tables", async () => {
    const db = open(await writeDatabase(RIVERS, RIVER_RECORDS as unknown as Record<string, Records>, { labels: LABELS }));
    expect(integrityErrors(db)).toEqual([]);
    expect(rowsOf(db, "SELECT *, typeof(length), typeof(flow) FROM rivers")).toEqual([
      ["rhine", "Rhine", 1_233, 2_900.5, 0, "integer", "real"],
      ["elbe", "Elbe", -9_007_199_254_740_991, 870, 1, "integer", "real"],
      ["Å", "", null, null, null, "null", "null"],
    ]);
    expect(rowsOf(db, "SELECT * FROM levels")).toEqual([
      ["rhine", "Rhine", 2, "2024-01-02", "2024-01", "2024-01-01", "2024-01-31"],
      ["elbe", "Elbe", 10, null, null, null, null],
      ["rhine", "Rhine", -1, null, null, null, null],
    ]);
    expect(rowsOf(db, "SELECT id, tags, rivers, rivers_label, any, typeof(any), deep, seen_by, seen_river FROM notes")).toEqual([
      [7, '["a;b","c"]', '["elbe","rhine"]', '["Elbe","Rhine"]', "12", "text", '{"a":[1,null]}', '["Ann","Bo"]', '["elbe",null]'],
      [-3, "[]", null, null, 12, "integer", null, null, null],
      [300, null, null, null, 1, "integer", null, null, null],
    ]);
    expect(rowsOf(db, "SELECT * FROM notes_rivers")).toEqual([
      [7, "elbe", "Elbe"],
      [7, "rhine", "Rhine"],
    ]);
    expect(rowsOf(db, "SELECT * FROM notes_seen")).toEqual([
      [7, "Ann", "elbe", "Elbe"],
      [7, "Bo", null, null],
    ]);
  });

  it("has keys and an index for each reference, which queries use", async () => {
    const db = open(await writeDatabase(RIVERS, RIVER_RECORDS as unknown as Record<string, Records>));
    const plan = (sql: string): string => String(rowsOf(db, `EXPLAIN QUERY PLAN ${sql}`).map((row) => row[3]));
    expect(plan("SELECT * FROM rivers WHERE id = 'elbe'")).toBe("SEARCH rivers USING INDEX sqlite_autoindex_rivers_1 (id=?)");
    expect(plan("SELECT * FROM levels WHERE river = 'elbe' AND gauge = 2")).toContain("sqlite_autoindex_levels_1 (river=? AND gauge=?)");
    expect(plan("SELECT * FROM notes_seen WHERE river = 'elbe'")).toContain("USING INDEX notes_seen_by_river");
    expect(rowsOf(db, "SELECT id FROM notes WHERE id = 300")).toEqual([[300]]);
    expect(rowsOf(db, `SELECT "table", "from", "to" FROM pragma_foreign_key_list('levels')`)).toEqual([["rivers", "river", "id"]]);
    expect(rowsOf(db, `SELECT "table", "from", "to" FROM pragma_foreign_key_list('notes_seen') ORDER BY 1`)).toEqual([
      ["notes", "notes_id", "id"],
      ["rivers", "river", "id"],
    ]);
  });

  it("describes its columns and its release", async () => {
    const facts = {
      homepage: "https://example.org/",
      contributors: [{ title: "Ann", email: "ann@example.org", roles: ["editor"] }, { title: "Bo" }],
      ...{ spatial: ["Bavaria", "Hesse"], researchedUntil: "2026-02-19" },
    };
    const db = open(await writeDatabase(RIVERS, {}, { facts }));
    expect(
      rowsOf(db, 'SELECT "column", "type", is_key, is_required, "references" FROM data_dictionary WHERE "table" = \'levels\''),
    ).toEqual([
      ["river", "text", 1, 1, "rivers"],
      ["river_label", "text", 0, 0, null],
      ["gauge", "integer", 1, 1, null],
      ["day", "date", 0, 0, null],
      ["when", "text", 0, 0, null],
      ["when_start", "date", 0, 0, null],
      ["when_end", "date", 0, 0, null],
    ]);
    expect(rowsOf(db, "SELECT * FROM dataset_info")).toEqual([
      ["name", "d"],
      ["title", FACTS.title],
      ["description", FACTS.description],
      ["version", "1.2.0"],
      ["commit", RELEASE.commit],
      ["license", "CC0-1.0"],
      ["editor", "Ann, ann@example.org"],
      ["contributor", "Bo"],
      ["homepage", "https://example.org/"],
      ["spatial", "Bavaria, Hesse"],
      ["newest source", "2026-02-19"],
      ["generator", "factpress 0.0.0"],
    ]);
  });

  it("does not depend on the size of batches", async () => {
    const tables = RIVER_RECORDS as unknown as Record<string, Records>;
    const whole = await writeDatabase(RIVERS, tables);
    expect((await writeDatabase(RIVERS, tables, { batch: 1 })).equals(whole)).toBe(true);
    expect((await writeDatabase(RIVERS, tables, { batch: 2 })).equals(whole)).toBe(true);
  });

  it("writes a header that does not depend on machine or version", async () => {
    const bytes = await writeDatabase(schemaOf({ t: table({ id: TEXT }) }), {});
    expect(bytes.subarray(0, 16).toString("latin1")).toBe("SQLite format 3\0");
    const number = (at: number): number => bytes.readUInt32BE(at);
    expect([bytes.readUInt16BE(16), number(24), number(28) * 4_096, number(92), number(96)]).toEqual([
      4_096,
      1,
      bytes.length,
      1,
      3_037_000,
    ]);
  });

  it("refuses a whole number of more than 64 bits, and names the column", async () => {
    const schema = schemaOf({ t: table({ id: TEXT, n: { type: "integer" } }) });
    await expect(writeDatabase(schema, { t: [{ id: "a", n: 2 ** 63 }] })).rejects.toThrow(UnencodableError);
    const db = open(await writeDatabase(schema, { t: [{ id: "a", n: -(2 ** 63) }] }));
    expect(rowsOf(db, "SELECT CAST(n AS TEXT) FROM t")).toEqual([["-9223372036854775808"]]);
  });

  it("distinguishes tables whose names are equal or reserved in SQLite", async () => {
    const names = ["Data_dictionary", "sqlite_things", "things", "THINGS_by_x"];
    const schema = schemaOf({
      ...Object.fromEntries(names.map((name) => [name, table({ id: TEXT, X: TEXT })])),
      a: table({ id: TEXT, x: { ...TEXT, references: "things" } }),
    });
    const db = open(await writeDatabase(schema, Object.fromEntries(names.map((name) => [name, [{ id: name }]]))));
    expect(integrityErrors(db)).toEqual([]);
    expect(rowsOf(db, "SELECT name FROM sqlite_schema WHERE type = 'table'").flat()).toEqual([
      ...["Data_dictionary", "_sqlite_things", "things", "THINGS_by_x", "a", "data_dictionary_2", "dataset_info"],
    ]);
  });

  it("omits a table with too many columns for SQLite, with a note", async () => {
    const wide = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`c${i}`, TEXT]));
    const db = open(await writeDatabase(schemaOf({ wide: table({ id: TEXT, ...wide }), t: table({ id: TEXT }) }), { wide: [{ id: "a" }] }));
    expect(integrityErrors(db)).toEqual([]);
    expect(rowsOf(db, "SELECT value FROM dataset_info WHERE name = 'not in this file'")).toEqual([
      ["The table wide has 2001 columns; SQLite holds 2000. See the other files."],
    ]);
  });

  it("supports more tables than the first page can describe", async () => {
    const names = Array.from({ length: 60 }, (_, i) => `table${i}`);
    const schema = schemaOf(Object.fromEntries(names.map((name) => [name, table({ id: TEXT })])));
    const db = open(await writeDatabase(schema, { table7: [{ id: "seven" }] }));
    expect(integrityErrors(db)).toEqual([]);
    expect(rowsOf(db, "SELECT id FROM table7")).toEqual([["seven"]]);
  });
});

describe("the trees of a database", () => {
  const schema = schemaOf({ t: table({ id: TEXT, n: { type: "number" }, to: { ...TEXT, references: "t" } }) });

  it("store many rows and keys in any order", async () => {
    const id = (i: number): string => `key-${(i * 7_919) % 20_000}`;
    const records = Array.from({ length: 20_000 }, (_, i) => ({ id: id(i), n: i / 2, ...(i % 3 ? { to: id(i % 100) } : {}) }));
    const db = open(await writeDatabase(schema, { t: records }, { batch: 999 }));
    expect(integrityErrors(db)).toEqual([]);
    expect(rowsOf(db, "SELECT count(*), sum(n), min(rowid), max(rowid) FROM t")).toEqual([[20_000, (20_000 * 19_999) / 4, 1, 20_000]]);
    expect(rowsOf(db, "SELECT n FROM t WHERE id = 'key-7919'")).toEqual([[0.5]]);
  });

  it.each([1, 2, 3, 4, 5, 170, 171, 172, 173, 340, 341, 342, 343, 344])("end with pages that have cells: %d rows", async (count) => {
    const records = Array.from({ length: count }, (_, i) => ({ id: `id-${String(i).padStart(12, "0")}` }));
    const db = open(await writeDatabase(schema, { t: records }));
    expect(integrityErrors(db)).toEqual([]);
    expect(rowsOf(db, "SELECT count(*) FROM t INDEXED BY sqlite_autoindex_t_1 WHERE id >= ''")).toEqual([[count]]);
  });

  it.each([4_050, 4_061, 4_062, 9_000, 300_000])("store a text of %d bytes on overflow pages, also as a key", async (length) => {
    const records = Array.from({ length: 12 }, (_, i) => ({ id: `${String(i).repeat(length)}`.slice(0, length) + i, n: i }));
    const db = open(await writeDatabase(schema, { t: records }));
    expect(integrityErrors(db)).toEqual([]);
    expect(rowsOf(db, "SELECT id, n FROM t")).toEqual(records.map(({ id, n }) => [id, n]));
  });

  it("order texts by their bytes, even if they contain the terminator", async () => {
    const ids = ["a", "a\0", "a\0b", "a\u0001", "", "\0", "ab", "é", "z", "😀", "\uffff"];
    const db = open(await writeDatabase(schema, { t: ids.map((id, i) => ({ id, n: i })) }));
    expect(integrityErrors(db)).toEqual([]);
    const inOrder = [...ids].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(rowsOf(db, "SELECT hex(id) FROM t ORDER BY id").flat()).toEqual(
      inOrder.map((id) => Buffer.from(id).toString("hex").toUpperCase()),
    );
  });

  it("store all values of records", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 40 });
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.maxSafeInteger());
    const record = fc.record({ id: text, n: fc.option(number) });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(record, { selector: ({ id }) => id, maxLength: 300 }),
        fc.integer({ min: 1, max: 50 }),
        async (records, batch) => {
          const db = open(await writeDatabase(schema, { t: records }, { batch }));
          expect(integrityErrors(db)).toEqual([]);
          // -0 is 0.
          expect(rowsOf(db, "SELECT id, n FROM t")).toEqual(records.map(({ id, n }) => [id, n === null ? null : n + 0]));
          db.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Leaf, leafColumns } from "../../../lib/formats/parquet/leaf.ts";
import { GROUP_PAGES, PAGE_RECORDS } from "../../../lib/formats/parquet/row-group.ts";
import type { JsonRecord, Value } from "../../../lib/formats/value.ts";
import { edtfDays } from "../../../lib/schema/edtf-days.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { type Column, planTable } from "../../../lib/schema/table-plan.ts";
import { factpress, ROOT } from "../../scratch.ts";
import { inBatches, parquetOf } from "../../write-parquet.ts";

const GROUP = PAGE_RECORDS * GROUP_PAGES;

const text: Schema = { type: "string" };
const SCHEMA: Schema = {
  properties: {
    places: { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: text, label: text } } },
    rows: {
      type: "array",
      primaryKey: ["id", "number"],
      items: {
        type: "object",
        required: ["id", "number", "always"],
        properties: {
          id: text,
          number: { type: "integer" },
          always: { type: "boolean" },
          maybe: { type: ["boolean", "null"] },
          whole: { type: "integer" },
          amount: { type: "number" },
          price: { type: "number", multipleOf: 0.01, minimum: -1e9, maximum: 1e9 },
          kind: { enum: ["one", "two", "three"] },
          words: text,
          day: { type: "string", format: "date" },
          when: { type: "string", format: "edtf" },
          place: { type: "string", references: "places" },
          value: { type: "object", properties: { min: { type: "number" }, text } },
          anything: {},
          tags: { type: "array", items: { type: ["string", "null"] } },
          counts: { type: "array", items: { type: "integer" } },
          days: { type: "array", items: { type: "string", format: "date" } },
          notes: {
            type: "array",
            items: { type: "object", properties: { place: { type: "string", references: "places" }, page: { type: "integer" } } },
          },
        },
      },
    },
  },
};
const PLAN = planTable("rows", SCHEMA);
const PLACES = new Map([
  ["a", "Zürich"],
  ["b", "北京"],
]);

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const words = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }).filter((one) => one.isWellFormed()),
  fc.constantFrom("", "0", "null", "NaN", "=1", "\u{0}", "a\u{feff}", "\u{ffff}", "\u{10ffff}", "🇨🇭", "e\u{301}", 'a"b', "a\r\nb"),
);
const day = fc.constantFrom("2020-12-22", "1970-01-01", "1969-12-31", "2000-02-29", "1582-10-15", "0001-01-01", "9999-12-31");
const whole = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, 1, -1, 2 ** 53, -(2 ** 63), 2 ** 63 - 1024, 2 ** 32, -(2 ** 32)));
const amount = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 0.1, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_SAFE_INTEGER),
);
const RECORD = fc.record({
  always: fc.boolean(),
  maybe: optional(fc.option(fc.boolean())),
  whole: optional(whole),
  amount: optional(amount),
  price: optional(fc.integer({ min: -1e11, max: 1e11 }).map((cents) => cents / 100)),
  kind: optional(fc.constantFrom("one", "two", "three")),
  words: optional(words),
  day: optional(day),
  when: optional(fc.constantFrom("2020", "2020-02", "2020-12-22", "1993/2020-12-14")),
  place: optional(fc.constantFrom("a", "b", "c")),
  value: optional(fc.record({ min: optional(amount), text: optional(words) })),
  anything: optional(fc.oneof(words, fc.integer(), fc.boolean(), fc.constant({ a: [1, { b: null }] }), fc.constant([]))),
  tags: optional(fc.array(fc.option(words), { maxLength: 4 })),
  counts: optional(fc.array(whole, { maxLength: 4 })),
  days: optional(fc.array(day, { maxLength: 3 })),
  notes: optional(fc.array(fc.record({ place: optional(fc.constantFrom("a", "b", "c")), page: optional(fc.nat()) }), { maxLength: 3 })),
});
const SAMPLE = fc.sample(RECORD, { numRuns: 211, seed: 7 }) as unknown as JsonRecord[];

/** Beyond any buffer; few, for a page ends early where records are large. */
const LONG = "long ".repeat(100_000);

/** As NDJSON holds them: what is undefined is not there. */
const recordAt = (i: number): JsonRecord => {
  const record = { id: `row ${Math.floor(i / 3)}`, number: i, ...SAMPLE[i % SAMPLE.length], ...(i === 0 ? { words: LONG } : {}) };
  return JSON.parse(JSON.stringify(record)) as JsonRecord;
};

const orNull = (value: Value): Value => value ?? null;
const label = (key: Value): Value => orNull(PLACES.get(String(key)));

/** A record as a reader has to see it, written out by hand: whole numbers as text, JSON as its value. */
function expectedRow(record: JsonRecord): JsonRecord {
  const { value, when, tags, counts, notes, place } = record as {
    value?: JsonRecord;
    when?: string;
    tags?: Value[];
    counts?: number[];
    notes?: JsonRecord[];
    place?: string;
  };
  const digits = (number: Value): Value => (typeof number === "number" ? BigInt(number).toString() : null);
  return {
    id: orNull(record["id"]),
    number: digits(record["number"]),
    always: orNull(record["always"]),
    maybe: orNull(record["maybe"]),
    whole: digits(record["whole"]),
    amount: orNull(record["amount"]),
    price: typeof record["price"] === "number" ? record["price"].toFixed(2) : null,
    kind: orNull(record["kind"]),
    words: orNull(record["words"]),
    day: orNull(record["day"]),
    when: orNull(when),
    when_start: when === undefined ? null : orNull(edtfDays(when)?.start),
    when_end: when === undefined ? null : orNull(edtfDays(when)?.end),
    place: orNull(place),
    place_label: label(place),
    value_min: orNull(value?.["min"]),
    value_text: orNull(value?.["text"]),
    anything: orNull(record["anything"]),
    tags: orNull(tags?.map(orNull)),
    counts: orNull(counts?.map(digits)),
    days: orNull(record["days"]),
    notes_place: orNull(notes?.map((note) => orNull(note["place"]))),
    notes_place_label: orNull(notes?.map((note) => label(note["place"]))),
    notes_page: orNull(notes?.map((note) => digits(note["page"]))),
  };
}

const writeRecords = async (path: string, records: readonly JsonRecord[]): Promise<void> =>
  writeFile(path, await parquetOf(PLAN, inBatches(records), new Map([["places", PLACES]])));

type Row = Record<string, unknown>;
const isoDay = (time: number): string => {
  const iso = new Date(time).toISOString();
  return iso.slice(0, 10);
};

/** A reader: the rows of a file from `start` up to `end`, with the values that `expectedRow` has. */
type Read = (path: string, start: number, end: number) => Promise<Row[]>;

const load = (folder: string, name: string): unknown => createRequire(join(ROOT, folder, "package.json"))(name);

/** What `convert` makes of the values of a row, and of the items of its lists. */
function mapRow(row: Row, convert: (value: unknown, name: string) => unknown): Row {
  const each = (value: unknown, name: string): unknown =>
    value === null || value === undefined
      ? null
      : Array.isArray(value) && name !== "anything"
        ? value.map((item) => each(item, name))
        : convert(value, name);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, each(value, name)]));
}

const WHOLE = new Set(["number", "whole", "counts", "notes_page"]);

interface DuckDb {
  DuckDBInstance: { create(): Promise<{ connect(): Promise<{ runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): Row[] }> }> }> };
}

/** Rows that DuckDB returns. */
async function select(sql: string): Promise<Row[]> {
  const { DuckDBInstance } = load("tests/bench", "@duckdb/node-api") as DuckDb;
  const connection = await (await DuckDBInstance.create()).connect();
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

const duckdb: Read = async (path, start, end) => {
  const rows = await select(
    `FROM read_parquet('${path}', file_row_number = true) WHERE file_row_number >= ${start} AND file_row_number < ${end} ORDER BY file_row_number`,
  );
  return rows.map(({ file_row_number: _, ...row }) =>
    mapRow(row, (value, name) => (name === "anything" ? JSON.parse(value as string) : WHOLE.has(name) ? String(value) : value)),
  );
};

interface Hyparquet {
  asyncBufferFromFile(path: string): Promise<object>;
  parquetReadObjects(options: object): Promise<Row[]>;
  parquetMetadataAsync(file: object): Promise<Metadata>;
}
interface Metadata {
  num_rows: bigint;
  key_value_metadata: { key: string; value: string }[];
  row_groups: { num_rows: bigint; columns: Chunk[] }[];
}
interface Chunk {
  meta_data: {
    path_in_schema: string[];
    statistics: { null_count: bigint; min_value?: unknown; max_value?: unknown };
    bloom_filter_length?: number;
  };
  offset_index_length: number;
  column_index_length: number;
}

const hyparquetModule = (): Promise<Hyparquet> =>
  import(join(ROOT, "tests/suites/readers/node_modules/hyparquet/src/node.js")) as Promise<Hyparquet>;

const hyparquet: Read = async (path, rowStart, rowEnd) => {
  const { asyncBufferFromFile, parquetReadObjects } = await hyparquetModule();
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path), rowStart, rowEnd });
  return rows.map((row) =>
    mapRow(row, (value, name) =>
      value instanceof Date
        ? isoDay(value.getTime())
        : WHOLE.has(name)
          ? String(value)
          : name === "price"
            ? (value as number).toFixed(2)
            : value,
    ),
  );
};

interface ArrowTable {
  schema: { fields: { name: string }[] };
  toArray(): Row[];
}

const parquetWasm: Read = async (path, start, end) => {
  const { readFileSync } = await import("node:fs");
  const { readParquet } = load("tests/suites/readers", "parquet-wasm") as {
    readParquet(bytes: Uint8Array): { intoIPCStream(): Uint8Array };
  };
  const { tableFromIPC } = load("tests/suites/readers", "apache-arrow") as {
    tableFromIPC(bytes: Uint8Array): ArrowTable & { slice(from: number, to: number): ArrowTable };
  };
  const table = tableFromIPC(readParquet(readFileSync(path)).intoIPCStream()).slice(start, end);
  const names = table.schema.fields.map(({ name }) => name);
  return table.toArray().map((row) => {
    const values = Object.fromEntries(names.map((name) => [name, toJson(row[name])]));
    return mapRow(values, (value, name) => {
      if (name === "anything") return JSON.parse(value as string);
      if (WHOLE.has(name)) return String(value);
      if (name === "price") return (Number(decimal(value as Uint32Array)) / 100).toFixed(2);
      return ["day", "days", "when_start", "when_end"].includes(name) ? isoDay(Number(value)) : value;
    });
  });
};

/** An Arrow list as an array. */
const toJson = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "toArray" in value ? [...(value as unknown as Iterable<unknown>)] : value;

/** Two's complement in words of 32 bits, the least significant first. */
const decimal = (words: Uint32Array): bigint =>
  BigInt.asIntN(
    128,
    [...words].reduce((sum, word, i) => sum + (BigInt(word) << BigInt(32 * i)), 0n),
  );

const READERS: [string, Read][] = [
  ["DuckDB", duckdb],
  ["hyparquet", hyparquet],
  ["parquet-wasm", parquetWasm],
];
const COUNTS = [0, 1, PAGE_RECORDS, GROUP, GROUP + 1];

describe("a Parquet file", () => {
  let folder = "";
  const pathOf = (count: number): string => join(folder, `${count}.parquet`);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "factpress-parquet-"));
    for (const count of COUNTS)
      await writeRecords(
        pathOf(count),
        Array.from({ length: count }, (_, i) => recordAt(i)),
      );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  describe.each(READERS)("read by %s", (_reader, read) => {
    it.each(COUNTS)("has the records of %i, value by value", async (count) => {
      const windows =
        count <= 2 * PAGE_RECORDS
          ? [[0, count]]
          : [
              [0, 300],
              [PAGE_RECORDS - 150, PAGE_RECORDS + 150],
              [count - 300, count],
            ];
      for (const [start = 0, end = 0] of windows) {
        const rows = await read(pathOf(count), start, end);
        expect(rows).toHaveLength(end - start);
        for (const [i, row] of rows.entries()) expect([start + i, row]).toEqual([start + i, expectedRow(recordAt(start + i))]);
      }
    });
  });

  // Each reader's binding to JavaScript drops the mark when it makes a string of the bytes.
  it("keeps a byte order mark at the start of a text", async () => {
    const path = join(folder, "mark.parquet");
    const record = { id: "\u{feff}id", number: 1, always: true };
    await writeRecords(path, [record]);
    expect(await select(`SELECT hex(encode(id)) AS id FROM '${path}'`)).toEqual([{ id: "EFBBBF6964" }]);
  });

  it("describes each column chunk: statistics, page index, and a Bloom filter for the primary key", async () => {
    const { asyncBufferFromFile, parquetMetadataAsync } = await hyparquetModule();
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(pathOf(GROUP + 1)));
    expect(metadata.row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([GROUP, 1]);
    expect(metadata.key_value_metadata).toEqual([
      { key: "factpress.dataset", value: "test" },
      { key: "factpress.table", value: "rows" },
      { key: "factpress.version", value: "1.2.3" },
      { key: "factpress.commit", value: "c".repeat(40) },
    ]);
    for (const { columns } of metadata.row_groups)
      for (const { meta_data: meta, ...chunk } of columns) {
        expect([chunk.column_index_length > 0, chunk.offset_index_length > 0]).toEqual([true, true]);
        expect(typeof meta.statistics.null_count).toBe("bigint");
        expect(meta.bloom_filter_length !== undefined).toBe(["id", "number"].includes(meta.path_in_schema[0] as string));
      }
    const number = metadata.row_groups[0]?.columns[1]?.meta_data.statistics;
    expect([number?.min_value, number?.max_value]).toEqual([0n, BigInt(GROUP - 1)]);
  });

  it("is searched by DuckDB through its Bloom filters without losing a record", async () => {
    const path = pathOf(GROUP + 1);
    const probe = (key: string): Promise<Row[]> => select(`FROM parquet_bloom_probe('${path}', 'id', '${key}')`);
    expect(await probe("row 999999")).toContainEqual(expect.objectContaining({ bloom_filter_excludes: true }));
    for (const key of ["row 0", "row 5000", `row ${Math.floor((GROUP - 1) / 3)}`])
      expect((await probe(key))[0]).toMatchObject({ bloom_filter_excludes: false });
    expect(await select(`SELECT count(*)::INT AS n FROM '${path}' WHERE id = 'row 5000' AND number = 15001`)).toEqual([{ n: 1 }]);
  });

  it.each([
    ["a key", { number: { $eq: 20_000n } }, [20_000]],
    ["a range", { number: { $gte: 1020n, $lt: 1030n } }, [1020, 1021, 1022, 1023, 1024, 1025, 1026, 1027, 1028, 1029]],
    ["a key that is not there", { id: { $eq: "row x" } }, []],
    ["the last record", { number: { $eq: BigInt(GROUP) } }, [GROUP]],
  ])("is searched by hyparquet through page index and Bloom filters for %s", async (_what, filter, numbers) => {
    const { asyncBufferFromFile, parquetReadObjects } = await hyparquetModule();
    const file = await asyncBufferFromFile(pathOf(GROUP + 1));
    const rows = await parquetReadObjects({ file, filter, usePageIndex: true, useBloomFilters: true, useOffsetIndex: true });
    expect(rows.map(({ number }) => Number(number))).toEqual(numbers);
  });
});

describe("the Parquet files of the Accords", () => {
  const NAME = "abraham-accords";
  const TABLES = ["publishers", "entities", "properties", "sources", "facts", "countries"];
  let folder = "";
  const labels = new Map<string, Map<string, string>>();
  let schema: Schema = {};

  const recordsOf = async (table: string): Promise<JsonRecord[]> =>
    (await readFile(join(folder, NAME, `${table}.ndjson`), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as JsonRecord);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "factpress-parquet-"));
    const { code, out } = await factpress(ROOT, "build", NAME, "--out", folder);
    if (code !== 0) throw new Error(out);
    schema = JSON.parse(await readFile(join(folder, NAME, "schema.json"), "utf8")) as Schema;
    for (const table of TABLES) {
      const { labelColumn = "", primaryKey } = planTable(table, schema);
      const keyed = (await recordsOf(table)).map(
        (record) => [String(record[primaryKey[0] as string]), String(record[labelColumn])] as const,
      );
      labels.set(table, new Map(keyed));
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** What a record says of a column, without the encoder. */
  function expected({ path, item, derived, references }: Column, record: JsonRecord): unknown {
    const value = path.reduce<unknown>((held, name) => (held as JsonRecord | undefined)?.[name], record);
    if (value === undefined || value === null) return null;
    const one = (each: unknown): unknown => {
      if (derived === "label") return labels.get(references ?? "")?.get(String(each)) ?? null;
      return derived === "start" || derived === "end" ? edtfDays(each as string)?.[derived] : (each ?? null);
    };
    if (item) return (value as unknown[]).map((each) => one(item.reduce<unknown>((held, name) => (held as JsonRecord)?.[name], each)));
    return one(value);
  }

  /** A value that a reader returned, as JSON has it. */
  function plain({ physical, logical }: Leaf, value: unknown): unknown {
    if (value === null || value === undefined) return null;
    if (logical === "json") return typeof value === "string" ? JSON.parse(value) : value;
    if (logical === "date") return typeof value === "string" ? value : isoDay(Number(value));
    return physical === "int64" || physical === "double" ? Number(value) : value;
  }

  it.each(READERS.flatMap(([reader, read]) => TABLES.map((table) => ({ reader, read, table }))))(
    "have in $reader the values of $table, cell by cell",
    async ({ read, table }) => {
      const records = await recordsOf(table);
      const rows = await read(join(folder, NAME, `${table}.parquet`), 0, records.length);
      const leaves = leafColumns(planTable(table, schema)).filter(({ column }) => column.derived !== "text");
      expect(rows).toHaveLength(records.length);
      for (const [i, row] of rows.entries())
        for (const leaf of leaves) {
          const value = row[leaf.name];
          const found = leaf.isList && Array.isArray(value) ? value.map((item) => plain(leaf, item)) : plain(leaf, value);
          expect([i, leaf.name, found]).toEqual([i, leaf.name, expected(leaf.column, records[i] as JsonRecord)]);
        }
    },
  );
});

import { describe, expect, it } from "vitest";
import { nextIcebergTables } from "../../../lib/formats/next-iceberg-tables.ts";
import { readFooter, TAIL_BYTES } from "../../../lib/formats/parquet/read-footer.ts";
import { GROUP_PAGES, PAGE_RECORDS } from "../../../lib/formats/parquet/row-group.ts";
import type { JsonRecord } from "../../../lib/formats/value.ts";
import { columnMetrics } from "../../../lib/iceberg/column-metrics.ts";
import { manifestFile } from "../../../lib/iceberg/manifest-file.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";
import { inBatches, parquetOf } from "../../write-parquet.ts";

const PROPERTIES: Record<string, Schema> = {
  id: { type: "string" },
  whole: { type: "integer" },
  size: { type: "number" },
  price: { type: "number", multipleOf: 0.01, minimum: -1000, maximum: 1000 },
  day: { type: "string", format: "date" },
  done: { type: "boolean" },
  tags: { type: "array", items: { type: "string" } },
  never: { type: "string" },
};
const plan = planTable("t", {
  properties: { t: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: PROPERTIES } } },
} as Schema);
const { t: columns } = nextIcebergTables(undefined, [plan]) ?? {};
if (!columns) throw new Error("no columns");
const names = new Map(columns.fields.map(({ id, name }) => [id, name]));

/** The metrics of the Parquet file of some records, by column, with bounds as hexadecimal. */
async function metricsOf(records: readonly JsonRecord[]) {
  const file = await parquetOf(plan, inBatches(records));
  const footer = readFooter(file.subarray(-TAIL_BYTES - file.readUInt32LE(file.length - TAIL_BYTES), -TAIL_BYTES));
  const metrics = columnMetrics(columns?.fields ?? [], footer);
  return {
    metrics,
    byName: Object.fromEntries(
      metrics.map(({ id, values, nulls, lower, upper }) => [
        names.get(id),
        [values, nulls, lower?.toString("hex"), upper?.toString("hex")],
      ]),
    ),
  };
}

/** Iceberg, Table Spec, Appendix D: single-value serialization. Numbers are little-endian, decimals big-endian with as few bytes as can be. */
describe("the bounds of columns in a manifest", () => {
  const FIRST: JsonRecord = { id: "b", whole: -2, size: 1.5, price: -1.29, day: "1969-12-31", done: true, tags: ["x"] };
  const SECOND: JsonRecord = { id: "a longer text than sixteen bytes", whole: 2 ** 40, size: 0, price: 1.28, day: "2020-12-22" };

  it("are the least and the greatest value, for texts at most 16 bytes of each", async () => {
    expect((await metricsOf([FIRST, SECOND, { id: "a" }])).byName).toEqual({
      id: [3, 0, "61", "62"],
      whole: [3, 1, "feffffffffffffff", "0000000000010000"],
      size: [3, 1, "0000000000000080", "000000000000f83f"],
      // -129 and 128 take two bytes.
      price: [3, 1, "ff7f", "0080"],
      day: [3, 1, "ffffffff", "ba480000"],
      done: [3, 2, "01", "01"],
      never: [3, 3, undefined, undefined],
    });
    // The last of sixteen bytes becomes the next character.
    expect((await metricsOf([SECOND])).byName["id"]).toEqual([
      1,
      0,
      Buffer.from("a longer text th").toString("hex"),
      Buffer.from("a longer text ti").toString("hex"),
    ]);
    expect((await metricsOf([{ id: "a", price: -1.28 }])).byName["price"]).toEqual([1, 0, "80", "80"]);
  });

  it("are those of all row groups, with numbers of several bytes compared by value", async () => {
    const group = PAGE_RECORDS * GROUP_PAGES;
    const records = Array.from(
      { length: 2 * group + 1 },
      (_, i): JsonRecord => ({ id: `${i % 10}`, whole: i < group ? 255 : 256, done: true }),
    );
    Object.assign(records[group] as JsonRecord, { whole: -1, size: -2, price: -2.56, day: "0001-01-01", done: false });
    Object.assign(records[2 * group] as JsonRecord, { whole: 2 ** 33, size: 3, price: 2.55, day: "9999-12-31" });
    const count = records.length;
    expect((await metricsOf(records)).byName).toEqual({
      id: [count, 0, "30", "39"],
      whole: [count, 0, "ffffffffffffffff", "0000000002000000"],
      size: [count, count - 2, "00000000000000c0", "0000000000000840"],
      price: [count, count - 2, "ff00", "00ff"],
      day: [count, count - 2, "c606f5ff", "a0c02c00"],
      done: [count, 0, "00", "01"],
      never: [count, count, undefined, undefined],
    });
  });

  it("are missing for a column that the file lacks", () => {
    expect(columnMetrics(columns.fields, { records: 1, columns: new Map() })).toEqual([]);
  });

  it("are in the manifest by column id, unchanged", async () => {
    const { metrics } = await metricsOf([FIRST, SECOND]);
    const data = { url: "https://data.example/t.parquet", bytes: 5, records: 2, metrics };
    const manifest = manifestFile({ id: 1, sequence: 1, schemaId: 0 }, columns, data).toString("hex");
    // Avro: a list of pairs, key and value, each number doubled.
    const zigzag = (value: number): string => (2 * value).toString(16).padStart(2, "0");
    for (const bound of ["lower", "upper"] as const) {
      const bounded = metrics.filter((column) => column[bound] !== undefined);
      const pairs = bounded.map(
        ({ id, ...column }) => `${zigzag(id)}${zigzag(column[bound]?.length ?? 0)}${column[bound]?.toString("hex")}`,
      );
      expect(bounded).toHaveLength(6);
      expect(manifest).toContain(`02${zigzag(6)}${pairs.join("")}00`);
    }
  });
});

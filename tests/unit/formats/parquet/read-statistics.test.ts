import { describe, expect, it } from "vitest";
import { DamagedFormatError } from "../../../../lib/formats/damaged-format-error.ts";
import { readStatistics } from "../../../../lib/formats/parquet/read-statistics.ts";
import { planOf, text } from "../../../plan-of.ts";
import { inBatches, parquetOf } from "../../../write-parquet.ts";

/** Reads from bytes, and records the ranges in `slices`. */
const fileOf = (bytes: Buffer) => {
  const slices: [start: number, end: number][] = [];
  const slice = async (start: number, end: number): Promise<Buffer> => {
    slices.push([start, end]);
    return bytes.subarray(start, end);
  };
  return { bytes: bytes.length, slice, slices };
};

describe("readStatistics", () => {
  it("reads the statistics of columns from the end of a file", async () => {
    const records = Array.from({ length: 3 }, (_, i) => ({ id: `r${i}`, note: i === 0 ? null : "x" }));
    const file = fileOf(await parquetOf(planOf({ note: text }), inBatches(records)));
    const { records: count, columns } = await readStatistics(file);
    expect(count).toBe(3);
    expect(columns.get("id")).toEqual([{ nulls: 0, min: Buffer.from("r0"), max: Buffer.from("r2") }]);
    expect(columns.get("note")).toMatchObject([{ nulls: 1 }]);
    expect(file.slices).toEqual([[0, file.bytes]]);
  });

  it("reads a footer again if it is larger than expected", async () => {
    const properties = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`column_${i}`, text]));
    const file = fileOf(await parquetOf(planOf(properties), inBatches([{ id: "a", column_0: "b" }])));
    expect((await readStatistics(file)).columns.size).toBe(901);
    expect(file.slices.length).toBe(2);
  });

  it("fails when the file has another format, is truncated, or has a damaged footer", async () => {
    const whole = await parquetOf(planOf({}), inBatches([{ id: "a" }]));
    const notParquet = new DamagedFormatError("is not a Parquet file");
    await expect(readStatistics(fileOf(Buffer.from("id,note\r\n")))).rejects.toThrow(notParquet);
    await expect(readStatistics(fileOf(whole.subarray(0, -1)))).rejects.toThrow(notParquet);
    await expect(readStatistics(fileOf(whole.subarray(-20)))).rejects.toThrow(notParquet);
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, whole.length - 8 - whole.readUInt32LE(whole.length - 8), whole.length - 8);
    await expect(readStatistics(fileOf(damaged))).rejects.toThrow(/^has a damaged footer: /);
  });
});

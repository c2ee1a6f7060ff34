import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../../../lib/formats/cells.ts";
import { columnEncoder } from "../../../../lib/formats/parquet/column-batch.ts";
import { leavesOf } from "../../../../lib/formats/parquet/leaves.ts";
import { ParquetFile } from "../../../../lib/formats/parquet/parquet-file.ts";
import { GROUP_PAGES, PAGE_RECORDS } from "../../../../lib/formats/parquet/row-group.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";

const plan = planTable("rows", {
  properties: {
    rows: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id", "done"],
        properties: {
          id: { type: "string" },
          done: { type: "boolean" },
          count: { type: "integer" },
          size: { type: "number" },
          day: { type: "string", format: "date" },
          tags: { type: "array", items: { type: ["string", "null"] } },
        },
      },
    },
  },
});

/** A file of these records, handed over in batches of these sizes, over and over. */
async function fileOf(records: readonly JsonRecord[], sizes: readonly number[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const file = new ParquetFile(leavesOf(plan), async (bytes) => void chunks.push(Buffer.from(bytes)));
  const encode = columnEncoder(plan, new Map());
  await file.start();
  for (let at = 0, i = 0; at < records.length; i += 1) {
    const size = sizes[i % sizes.length] as number;
    await file.add(encode(records.slice(at, at + size)));
    at += size;
  }
  await file.end({ keyValues: [["factpress.dataset", "test"]], createdBy: "factpress version 0" });
  return Buffer.concat(chunks);
}

const recordAt = (i: number): JsonRecord => ({
  id: `row-${i}`,
  done: i % 3 === 0,
  ...(i % 2 ? { count: i * 1e9 } : {}),
  ...(i % 5 ? { size: i / 8 } : {}),
  ...(i % 7 ? { day: `20${10 + (i % 90)}-0${1 + (i % 9)}-1${i % 10}` } : {}),
  ...(i % 11 ? { tags: Array.from({ length: i % 4 }, (_, item) => (item === 2 ? null : `tag ${(i + item) % 20}`)) } : {}),
});
const records = (count: number): JsonRecord[] => Array.from({ length: count }, (_, i) => recordAt(i));
const GROUP = PAGE_RECORDS * GROUP_PAGES;

describe("a Parquet file", () => {
  it("is the same bytes for batches of any size", async () => {
    const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
    const record = fc.record({
      id: fc.string({ unit: "grapheme" }),
      done: fc.boolean(),
      count: optional(fc.maxSafeInteger()),
      size: optional(fc.double({ noNaN: true, noDefaultInfinity: true })),
      day: optional(fc.constantFrom("2020-12-22", "0000-01-01", "9999-12-31")),
      tags: optional(fc.array(fc.option(fc.string()), { maxLength: 3 })),
    });
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 60 }), sizes, async (rows, batches) => {
        expect((await fileOf(rows as JsonRecord[], batches)).equals(await fileOf(rows as JsonRecord[], [1000]))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("is the same bytes for batches that end anywhere around pages and row groups", async () => {
    const rows = records(GROUP + PAGE_RECORDS + 1);
    const whole = await fileOf(rows, [rows.length]);
    for (const sizes of [[PAGE_RECORDS], [PAGE_RECORDS - 1, PAGE_RECORDS + 1], [GROUP - 1, 2, GROUP], [999]])
      expect((await fileOf(rows, sizes)).equals(whole)).toBe(true);
  });

  it("is the same bytes for large records, whose pages end by their size", async () => {
    const rows = records(100).map((row, i) => ({ ...row, tags: [`${i}`.repeat(60_000 + i)] }));
    expect((await fileOf(rows, [1])).equals(await fileOf(rows, [100]))).toBe(true);
  });

  // What is published does not change unnoticed: every release is rebuilt from its commit, byte for byte.
  it.each([
    [0, "1c39981a4fdb29d0a14d771218e23e0badd7b3d58344050f9987e7e9d1834a51"],
    [1, "cd5cdebd9af79dbe5362694b5d4a1ed5d0c2f801401ff187f5775130f62f800d"],
    [GROUP, "36cca756528c9dd5f9dfe7f583fafde1b27db7c0314f90209eb75617c9f16f3b"],
    [GROUP + 1, "e2df1e9f4ad451dda5db4744b201fe21407f5e56fc390c2503b3be94a31b3db8"],
  ])("of %i records has the bytes that it had", async (count, sha256) => {
    expect(
      createHash("sha256")
        .update(await fileOf(records(count), [500]))
        .digest("hex"),
    ).toBe(sha256);
  });
});

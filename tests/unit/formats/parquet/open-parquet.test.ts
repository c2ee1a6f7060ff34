import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GROUP_PAGES, PAGE_RECORDS } from "../../../../lib/formats/parquet/row-group.ts";
import type { JsonRecord } from "../../../../lib/formats/value.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";
import { inBatches, parquetOf } from "../../../write-parquet.ts";

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

const fileOf = (records: readonly JsonRecord[], sizes: readonly number[]): Promise<Buffer> => parquetOf(plan, inBatches(records, sizes));

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
  it("has the same bytes for batches of any size", async () => {
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

  it("has the same bytes for batches that end near the ends of pages and row groups", async () => {
    const rows = records(GROUP + PAGE_RECORDS + 1);
    const whole = await fileOf(rows, [rows.length]);
    for (const sizes of [[PAGE_RECORDS], [PAGE_RECORDS - 1, PAGE_RECORDS + 1], [GROUP - 1, 2, GROUP], [999]])
      expect((await fileOf(rows, sizes)).equals(whole)).toBe(true);
  });

  it("has the same bytes for large records, whose pages end early", async () => {
    const rows = records(100).map((row, i) => ({ ...row, tags: [`${i}`.repeat(60_000 + i)] }));
    expect((await fileOf(rows, [1])).equals(await fileOf(rows, [100]))).toBe(true);
  });

  // Recorded, because every release must be rebuilt from its commit byte for byte.
  it.each([
    [0, "c941574d451073b277be45f56f13e04bb5d79cc2e7eba0e94fcb7dff9b0744fc"],
    [1, "73a07daa08270822026280f2286845fe59c0ea672b290d41b366fe7dc1b97967"],
    [GROUP, "6ed8e19fd316b93ce9bf47f671c44d25e0da60048611522582dde8e392a9594f"],
    [GROUP + 1, "3d929dfb55be63061ed98a8b5e25daa145267caf4ca59c958fc7167d48e6af29"],
  ])("of %i records has the recorded bytes", async (count, sha256) => {
    expect(
      createHash("sha256")
        .update(await fileOf(records(count), [500]))
        .digest("hex"),
    ).toBe(sha256);
  });
});

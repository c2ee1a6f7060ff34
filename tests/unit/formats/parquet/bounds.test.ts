import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bounds, BoundsFinder } from "../../../../lib/formats/parquet/bounds.ts";
import { ByteSink } from "../../../../lib/formats/parquet/byte-sink.ts";
import { KernelColumn } from "../../../../lib/formats/parquet/kernel-column.ts";
import { type Leaf, leafColumns } from "../../../../lib/formats/parquet/leaf.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";

const leafOf = (schema: Schema): Leaf => {
  const items = { type: "object", properties: { value: schema } };
  return leafColumns(planTable("rows", { properties: { rows: { type: "array", items } } }))[0] as Leaf;
};
const TEXT = leafOf({ type: "string" });
const NUMBER = leafOf({ type: "number" });
const INTEGER = leafOf({ type: "integer" });

function boundsOf(leaf: Leaf, values: readonly (string | number)[], withDictionary = false): Bounds {
  const sink = new ByteSink();
  for (const value of values)
    if (typeof value === "string") sink.text(value);
    else if (leaf === INTEGER) sink.int64(value);
    else sink.double(value);
  const definitions = new Uint8Array(values.length).fill(leaf.maxDefinition);
  const levels = { repetitions: new Uint8Array(), definitions, levels: values.length };
  const column = new KernelColumn(leaf, { ...levels, values: sink.view(), count: values.length });
  if (withDictionary) column.makeDictionary();
  return new BoundsFinder(leaf, column).next(0, values.length) as Bounds;
}

describe("bounds", () => {
  it("include each text, exact or shortened, and are valid UTF-8", () => {
    const unit = fc.constantFrom("a", "é", "北", "\u{d7ff}", "\u{e000}", "🇨", "\u{10ffff}");
    const text = fc.oneof(fc.string({ unit: "binary-ascii", maxLength: 20 }), fc.string({ unit, minLength: 20, maxLength: 80 }));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), fc.boolean(), (texts, withDictionary) => {
        const { min, max, isMinExact, isMaxExact } = boundsOf(TEXT, texts, withDictionary);
        const sorted = texts.map((one) => Buffer.from(one)).sort(Buffer.compare);
        const [least, greatest] = [sorted[0] as Buffer, sorted.at(-1) as Buffer];
        expect(Buffer.compare(min, least)).toBeLessThanOrEqual(0);
        expect(Buffer.compare(max, greatest)).toBeGreaterThanOrEqual(0);
        expect([isMinExact, isMaxExact]).toEqual([min.equals(least), max.equals(greatest)]);
        for (const bound of [min, max]) expect(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bound)).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["a".repeat(65), `${"a".repeat(63)}b`],
    [`${"a".repeat(63)}\u{d7ff}z`, `${"a".repeat(62)}b`],
    [`${"a".repeat(61)}\u{d7ff}z`, `${"a".repeat(61)}\u{e000}`],
    [`${"a".repeat(60)}\u{10ffff}zz`, `${"a".repeat(59)}b`],
    ["\u{10ffff}".repeat(17), "\u{10ffff}".repeat(17)],
  ])("shorten %j to %j at the upper end", (text, max) => {
    expect(boundsOf(TEXT, [text]).max.toString()).toBe(max);
  });

  it("of numbers are exact, and zero covers both zeros", () => {
    expect(boundsOf(NUMBER, [3, -1.5, 2]).min.readDoubleLE()).toBe(-1.5);
    expect(boundsOf(NUMBER, [3, -1.5, 2]).max.readDoubleLE()).toBe(3);
    expect(Object.is(boundsOf(NUMBER, [0, 1]).min.readDoubleLE(), -0)).toBe(true);
    expect(Object.is(boundsOf(NUMBER, [-1, 0]).max.readDoubleLE(), 0)).toBe(true);
  });

  it("of whole numbers compare all 64 bits, with their sign", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.maxSafeInteger(), fc.integer()), { minLength: 1 }), (numbers) => {
        const { min, max } = boundsOf(INTEGER, numbers);
        expect(min.readBigInt64LE()).toBe(BigInt(Math.min(...numbers)));
        expect(max.readBigInt64LE()).toBe(BigInt(Math.max(...numbers)));
      }),
    );
  });
});

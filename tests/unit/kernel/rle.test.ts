import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Kernel } from "../../../lib/kernel/kernel.ts";

const kernel = new Kernel();

/** Decodes the hybrid as described in parquet-format's Encodings.md: at least `count` values. */
function decode(bytes: Uint8Array, width: number, count: number): number[] {
  const values: number[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (values.length < count) {
    const head = varint();
    if (head & 1) {
      const bits = [...bytes.subarray(at, at + (head >> 1) * width)].flatMap((byte) =>
        [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => (byte >> bit) & 1),
      );
      at += (head >> 1) * width;
      for (let i = 0; i < (head >> 1) * 8; i += 1)
        values.push(bits.slice(i * width, (i + 1) * width).reduce((value, bit, place) => value + bit * 2 ** place, 0));
    } else {
      const size = Math.ceil(width / 8);
      const value = bytes.subarray(at, at + size).reduce((sum, byte, place) => sum + byte * 256 ** place, 0);
      at += size;
      for (let i = 0; i < head >> 1; i += 1) values.push(value);
    }
  }
  expect(at).toBe(bytes.length);
  return values.slice(0, count);
}

function encoded(values: number[], width: number): Buffer {
  kernel.clear();
  const from = kernel.put(Uint32Array.from(values));
  const out = kernel.reserve(64 + 6 * values.length);
  return kernel.take(out, kernel.code.writeWordRle(out, from, 0, values.length, width));
}

describe("runs and packed values", () => {
  it("packs the example of the specification", () => {
    expect([...encoded([0, 1, 2, 3, 4, 5, 6, 7], 3)]).toEqual([3, 0b10001000, 0b11000110, 0b11111010]);
  });

  it("writes a long run as its length and its value", () => {
    expect([...encoded(Array(1000).fill(5), 3)]).toEqual([0xd0, 0x0f, 5]);
  });

  it("can be read back, with and without runs, for each width", () => {
    const pieces = fc.integer({ min: 1, max: 20 }).chain((width) => {
      const value = fc.integer({ min: 0, max: 2 ** width - 1 });
      const run = fc.tuple(value, fc.integer({ min: 1, max: 40 })).map(([one, times]) => Array<number>(times).fill(one));
      return fc.tuple(fc.constant(width), fc.array(fc.oneof(run, fc.array(value, { maxLength: 20 })), { maxLength: 12 }));
    });
    fc.assert(
      fc.property(pieces, ([width, lists]) => {
        const values = lists.flat();
        expect(decode(encoded(values, width), width, values.length)).toEqual(values);
      }),
      { numRuns: 1000 },
    );
  });
});

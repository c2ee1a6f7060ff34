import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Kernel } from "../../../lib/kernel/kernel.ts";

const kernel = new Kernel();

function compressSnappy(bytes: Uint8Array): Buffer {
  kernel.clear();
  const from = kernel.put(bytes);
  const out = kernel.reserve(64 + bytes.length + Math.ceil(bytes.length / 6));
  return kernel.take(out, kernel.code.compressSnappy(from, from + bytes.length, out));
}

/** Decodes elements as described in format_description.txt. */
function uncompress(bytes: Uint8Array): Buffer {
  let at = 0;
  const next = (): number => bytes[at++] as number;
  let size = 0;
  for (let shift = 0, more = true; more; shift += 7) {
    const byte = next();
    size += (byte & 127) * 2 ** shift;
    more = byte >= 128;
  }
  const out: number[] = [];
  while (at < bytes.length) {
    const tag = next();
    if ((tag & 3) === 0) {
      let length = tag >> 2;
      if (length >= 60) {
        const count = length - 59;
        length = 0;
        for (let i = 0; i < count; i += 1) length += next() * 256 ** i;
      }
      for (let i = 0; i <= length; i += 1) out.push(next());
    } else {
      const isShort = (tag & 3) === 1;
      const length = isShort ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
      const offset = isShort ? ((tag >> 5) << 8) + next() : next() + 256 * next();
      if (offset === 0 || offset > out.length) throw new RangeError(`offset ${offset} at ${out.length}`);
      for (let i = 0; i < length; i += 1) out.push(out[out.length - offset] as number);
    }
  }
  expect(out.length).toBe(size);
  return Buffer.from(out);
}

const words = fc.array(
  fc.constantFrom("entity-", "source-1", "a", "北京", "\u{0}\u{0}\u{0}\u{0}\u{0}", "x".repeat(70), "0123456789".repeat(9)),
  {
    maxLength: 200,
  },
);
const input = fc.oneof(
  words.map((list) => Buffer.from(list.join(""))),
  fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
);

describe("Snappy", () => {
  it("can be read back", () => {
    const holds = (bytes: Buffer): void => {
      expect(uncompress(compressSnappy(bytes)).equals(bytes)).toBe(true);
    };
    fc.assert(fc.property(input, holds), {
      numRuns: 500,
      examples: [[Buffer.alloc(0)], [Buffer.alloc(1)], [Buffer.alloc(14, 1)], [Buffer.alloc(15, 1)], [Buffer.alloc(200_000, 7)]],
    });
  });

  it("can be read back over several blocks", () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `${Math.imul(i, 0x9e3779b1) >>> 0} entity-${i % 97}\n`);
    const bytes = Buffer.from(lines.join(""));
    const compressed = compressSnappy(bytes);
    expect(uncompress(compressed).equals(bytes)).toBe(true);
    expect(compressed.length).toBeLessThan(0.7 * bytes.length);
  });

  it("does not depend on earlier compressions", () => {
    fc.assert(
      fc.property(fc.array(input, { minLength: 1, maxLength: 5 }), (all) => {
        const first = all.map((bytes) => compressSnappy(bytes));
        const again = [...all].reverse().map((bytes) => compressSnappy(bytes));
        expect(again.reverse()).toEqual(first);
      }),
    );
  });
});

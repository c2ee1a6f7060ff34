import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Kernel } from "../../../lib/kernel/kernel.ts";

const kernel = new Kernel();

function hex(bytes: Uint8Array): string {
  kernel.clear();
  const from = kernel.put(bytes);
  return BigInt.asUintN(64, kernel.code.xxhash64(from, from + bytes.length))
    .toString(16)
    .padStart(16, "0");
}

const MASK = 2n ** 64n - 1n;
const [P1, P2, P3, P4, P5] = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
] as const;
const rotate = (word: bigint, bits: bigint): bigint => ((word << bits) | (word >> (64n - bits))) & MASK;
const round = (accumulator: bigint, lane: bigint): bigint => (rotate((accumulator + lane * P2) & MASK, 31n) * P1) & MASK;

/** The specification step by step, with BigInt. */
function bySpecification(bytes: Buffer): string {
  let at = 0;
  let hash: bigint = P5;
  if (bytes.length >= 32) {
    const lanes = [P1 + P2, P2, 0n, -P1].map((lane) => lane & MASK);
    for (; at + 32 <= bytes.length; at += 32)
      for (const i of lanes.keys()) lanes[i] = round(lanes[i] as bigint, bytes.readBigUInt64LE(at + 8 * i));
    hash = [1n, 7n, 12n, 18n].reduce((sum, bits, i) => (sum + rotate(lanes[i] as bigint, bits)) & MASK, 0n);
    for (const lane of lanes) hash = ((hash ^ round(0n, lane)) * P1 + P4) & MASK;
  }
  hash = (hash + BigInt(bytes.length)) & MASK;
  for (; at + 8 <= bytes.length; at += 8) hash = (rotate(hash ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * P1 + P4) & MASK;
  for (; at + 4 <= bytes.length; at += 4) hash = (rotate(hash ^ ((BigInt(bytes.readUInt32LE(at)) * P1) & MASK), 23n) * P2 + P3) & MASK;
  for (; at < bytes.length; at += 1) hash = (rotate(hash ^ ((BigInt(bytes[at] as number) * P5) & MASK), 11n) * P1) & MASK;
  for (const [bits, prime] of [[33n, P2] as const, [29n, P3] as const]) hash = ((hash ^ (hash >> bits)) * prime) & MASK;
  return (hash ^ (hash >> 32n)).toString(16).padStart(16, "0");
}

describe("xxhash64", () => {
  it.each([
    ["", "ef46db3751d8e999"],
    ["a", "d24ec4f1a98c6e5b"],
    ["abc", "44bc2cf5ad770999"],
  ])("returns the known hash of %j", (text, hash) => {
    expect(hex(Buffer.from(text))).toBe(hash);
  });

  it("follows the specification for bytes of any length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(hex(bytes)).toBe(bySpecification(Buffer.from(bytes)));
      }),
      { numRuns: 2000 },
    );
  });
});

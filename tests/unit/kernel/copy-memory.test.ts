import { expect, it } from "vitest";
import { copyMemory } from "../../../lib/kernel/copy-memory.ts";

it("copies shared memory from any offset to any other, and nothing else", () => {
  const from = new Uint8Array(new SharedArrayBuffer(64)).map((_, i) => i + 1);
  const shared = new Uint8Array(new SharedArrayBuffer(64));
  shared.set(from);
  for (const start of [0, 1, 3, 8])
    for (const offset of [0, 2, 5])
      for (const length of [0, 1, 7, 16, 33]) {
        const to = new Uint8Array(new SharedArrayBuffer(64));
        copyMemory(to, shared.subarray(start, start + length), offset);
        expect([...to]).toEqual([
          ...Array(offset).fill(0),
          ...from.subarray(start, start + length),
          ...Array(64 - offset - length).fill(0),
        ]);
      }
});

it("fails when the copy does not fit", () => {
  expect(() => copyMemory(new Uint8Array(4), new Uint8Array(4), 1)).toThrow(RangeError);
});

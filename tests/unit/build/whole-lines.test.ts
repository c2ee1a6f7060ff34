import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wholeLines } from "../../../lib/build/whole-lines.ts";

async function* chunked(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  // One buffer for all chunks, as file readers use.
  const memory = new Uint8Array(bytes.length);
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    memory.set(bytes.subarray(at, at + size));
    yield memory.subarray(0, Math.min(size, bytes.length - at));
    at += size;
  }
}

describe("wholeLines", () => {
  it("cuts only after line breaks, regardless of chunk boundaries", async () => {
    const line = fc.string({ unit: fc.constantFrom("a", "é", "\n", "\n\n"), maxLength: 12 });
    const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(line), sizes, async (lines, sizes) => {
        const text = lines.join("");
        const pieces: string[] = [];
        for await (const piece of wholeLines(chunked(text, sizes))) pieces.push(piece.toString("utf8"));
        expect(pieces.join("")).toBe(text);
        expect(pieces.slice(0, -1).filter((piece) => !piece.endsWith("\n"))).toEqual([]);
      }),
    );
  });
});

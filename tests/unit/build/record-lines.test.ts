import { describe, expect, it } from "vitest";
import { recordLines } from "../../../lib/build/record-lines.ts";

async function* chunksOf(...chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

describe("recordLines", () => {
  const of = async (...chunks: string[]): Promise<string[]> => {
    const found: string[] = [];
    for await (const line of recordLines(chunksOf(...chunks))) found.push(line);
    return found;
  };

  it("returns the same lines regardless of chunk boundaries, and a last line without a line feed", async () => {
    expect(await of("one\ntwo\n")).toEqual(["one", "two"]);
    expect(await of("o", "ne", "\nt", "wo\nthree")).toEqual(["one", "two", "three"]);
    expect(await of("a\n\nb\n")).toEqual(["a", "", "b"]);
    expect(await of()).toEqual([]);
    const bytes = Buffer.from("ü\n");
    const found: string[] = [];
    for await (const line of recordLines(
      (async function* () {
        for (const byte of bytes) yield new Uint8Array([byte]);
      })(),
    ))
      found.push(line);
    expect(found).toEqual(["ü"]);
  });
});

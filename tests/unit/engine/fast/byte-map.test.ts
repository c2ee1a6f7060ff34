import { describe, expect, it } from "vitest";
import { ByteMap } from "../../../../lib/engine/fast/byte-map.ts";

describe("ByteMap", () => {
  const add = (map: ByteMap, word: string): number => map.add(Buffer.from(`<${word}>`), 1, 1 + Buffer.byteLength(word));
  const find = (map: ByteMap, word: string): number => map.find(Buffer.from(`<${word}>`), 1, 1 + Buffer.byteLength(word));

  it("numbers texts in the order in which they are added", () => {
    const map = new ByteMap();
    expect([add(map, "a"), add(map, "b"), add(map, "a"), add(map, ""), add(map, "ab")]).toEqual([0, 1, 0, 2, 3]);
    expect([find(map, "b"), find(map, ""), find(map, "c"), find(map, "ba")]).toEqual([1, 2, -1, -1]);
    expect([map.size, map.text(1), map.text(2), map.text(3)]).toEqual([4, "b", "", "ab"]);
  });

  it("stores many texts, and none after it was cleared", () => {
    const map = new ByteMap();
    const words = Array.from({ length: 3_000 }, (_, i) => `word ${i} é`);
    expect(words.map((word) => add(map, word))).toEqual(words.map((_, i) => i));
    expect(words.map((word) => find(map, word))).toEqual(words.map((_, i) => i));
    expect(words.map((_, i) => map.text(i))).toEqual(words);
    expect([map.size, find(map, "word 3000 é")]).toEqual([3_000, -1]);
    map.clear();
    expect([map.size, find(map, "word 1 é"), add(map, "word 7 é"), map.text(0)]).toEqual([0, -1, 0, "word 7 é"]);
  });
});

import { expect, it } from "vitest";
import { FingerprintSet } from "../../../lib/check/fingerprint-set.ts";
import { writeFingerprint } from "../../../lib/engine/write-fingerprint.ts";

const ofText = (text: string): Uint32Array => {
  const bytes = Buffer.from(text);
  const words = new Uint32Array(2);
  writeFingerprint(bytes, 0, bytes.length, words, 0);
  return words;
};

it("adds each fingerprint once, regardless of the expected size, and loses none as it grows", () => {
  for (const expected of [0, 3, 50_000]) {
    const set = new FingerprintSet(expected);
    const words = Array.from({ length: 20_000 }, (_, i) => ofText(`key-${i}`));
    expect(words.every((word) => set.add(word, 0))).toBe(true);
    expect(set.size).toBe(20_000);
    expect(words.some((word) => set.add(word, 0))).toBe(false);
    expect(words.every((word) => set.has(word, 0))).toBe(true);
    expect(set.has(ofText("key-20000"), 0)).toBe(false);
  }
});

it("distinguishes fingerprints that share a word, and accepts 0", () => {
  const set = new FingerprintSet();
  const words = Uint32Array.from([0, 0, 0, 7, 7, 0, 7, 7]);
  expect([0, 1, 2, 3].map((number) => set.has(words, number))).toEqual([false, false, false, false]);
  expect([0, 1, 2, 3, 0, 1, 2, 3].map((number) => set.add(words, number))).toEqual([true, true, true, true, false, false, false, false]);
  expect([0, 1, 2, 3].map((number) => set.has(words, number))).toEqual([true, true, true, true]);
});

it("treats an estimate as a hint only", () => {
  const set = new FingerprintSet(2 ** 40);
  expect([set.add(ofText("a"), 0), set.add(ofText("a"), 0), set.size]).toEqual([true, false, 1]);
});

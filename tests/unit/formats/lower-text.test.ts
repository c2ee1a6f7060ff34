import { describe, expect, it } from "vitest";
import { lowerText, upperText } from "../../../lib/formats/lower-text.ts";

describe("bounds of texts", () => {
  const bounds = (word: string, maxBytes: number): string[] =>
    [lowerText, upperText].map((of) => of(Buffer.from(word), maxBytes).toString());
  it("are the text itself if it is short", () => {
    expect([bounds("abc", 3), bounds("", 0)]).toEqual([
      ["abc", "abc"],
      ["", ""],
    ]);
  });

  it("consist of whole characters, and are never on the wrong side", () => {
    expect(bounds("abcd", 3)).toEqual(["abc", "abd"]);
    expect(bounds("aéé", 2)).toEqual(["a", "b"]);
    expect(bounds("aéé", 3)).toEqual(["aé", "aê"]);
    expect(bounds("a€€", 5)).toEqual(["a€", "a₭"]);
    expect(bounds("a\u{10ffff}b", 5)).toEqual(["a\u{10ffff}", "b"]);
    expect(bounds("\ud7ffb", 3)).toEqual(["\ud7ff", "\ue000"]);
    expect(bounds("\u{10ffff}b", 4)).toEqual(["\u{10ffff}", "\u{10ffff}b"]);
  });
});

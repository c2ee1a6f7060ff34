import { describe, expect, it } from "vitest";
import { firstDifference } from "../../../lib/diagnostics/first-difference.ts";
import { lookAlikeSkeleton } from "../../../lib/diagnostics/look-alike-skeleton.ts";

describe("lookAlikeSkeleton", () => {
  it.each([
    ["case", "Alba", "alba"],
    ["a Cyrillic letter", "\u0430lba", "alba"],
    ["a Cyrillic capital", "\u0412ern", "Bern"],
    ["a Greek capital", "\u0391lba", "Alba"],
    ["an accent written in two", "caf\u00e9", "cafe\u0301"],
    ["a full-width letter", "\uff21lba", "Alba"],
    ["a space at the end", "alba ", "alba"],
    ["two spaces", "new  york", "new york"],
    ["a no-break space", "new\u00a0york", "new york"],
    ["a zero-width space", "al\u200bba", "alba"],
    ["a soft hyphen", "al\u00adba", "alba"],
    ["a variation selector", "a\ufe0flba", "alba"],
    ["a non-breaking hyphen", "a\u2011b", "a-b"],
    ["a curly apostrophe", "l\u2019a", "l'a"],
    ["a dotless i", "\u0131d", "id"],
    ["upper case beyond ASCII", "ÉLAN", "élan"],
    ["a ligature", "\ufb01g", "fig"],
    ["a ligature of three letters", "e\ufb03cient", "efficient"],
    ["a Roman numeral", "\u2167", "VIII"],
    ["a small Roman numeral", "\u2178", "ix"],
    ["a Dutch pair of letters", "\u0133s", "ijs"],
    ["a Croatian pair of letters", "\u01c6", "d\u017e"],
    ["a Croatian pair of letters, the first of them capital", "\u01c5ep", "D\u017eep"],
    ["three dots in one", "a\u2026", "a..."],
    ["letters of mathematics", "\u{1d41a}1", "a1"],
    ["the sigma at the end of a word", "\u03bf\u03c2", "\u039f\u03a3"],
  ])("is the same for %s", (_what, a, b) => {
    expect(a).not.toBe(b);
    expect(lookAlikeSkeleton(a)).toBe(lookAlikeSkeleton(b));
  });

  it.each([
    ["a0", "ao"],
    ["cafe", "café"],
    ["alba", "albe"],
    ["a b", "ab"],
    ["a-b", "a_b"],
    ["а", "б"],
    ["日本", "日木"],
    ["x2", "x²"],
    ["1o", "1º"],
    ["Wasser", "Waſſer"],
    ["I", "l"],
  ])("distinguishes %s from %s", (a, b) => {
    expect(lookAlikeSkeleton(a)).not.toBe(lookAlikeSkeleton(b));
  });

  it("is empty for invisible text", () => {
    expect(["", " ", "\u00a0", "\u200b\u00ad", "\t\n"].map(lookAlikeSkeleton)).toEqual(["", "", "", "", ""]);
  });
});

describe("firstDifference", () => {
  it.each([
    ["abc", "aBc", "b", "B"],
    ["ab", "abc", undefined, "c"],
    ["abc", "ab", "c", undefined],
    ["😀a", "😀b", "a", "b"],
    ["same", "same", undefined, undefined],
  ])("of %s and %s", (a, b, here, there) => {
    expect(firstDifference(a, b)).toEqual({ here, there });
  });
});

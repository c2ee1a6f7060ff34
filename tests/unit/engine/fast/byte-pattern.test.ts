import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BytePattern, compileBytePattern } from "../../../../lib/engine/fast/byte-pattern.ts";
import { linearPattern } from "../../../../lib/schema/linear-pattern.ts";

const PATTERNS = [
  "^[a-z0-9]+(-[a-z0-9]+)*$",
  "^f-[0-9]+$",
  "^(?:Q[1-9]\\d*|P\\d{2,3})$",
  "[a-c]{2,3}",
  "^a|b$",
  "a|^b|c$",
  "^[^,;]*$",
  "^.{1,3}$",
  "^$",
  "$^",
  "(^x)?y",
  "(x$|y)z*",
  "",
  "()",
  "(a|b)*abb",
  "^[-a]+[a-]$",
  "a{0}b",
  "a{2,}?b+?",
  "[\\w.]+@\\S+",
  "^[^\\d\\s]\\D$",
  "x\\.y\\\\",
  "[é-ü]x|a",
  "[a-é]+",
];

const matches = ({ next, accepts }: BytePattern, text: string): boolean => {
  let state = 0;
  for (const byte of Buffer.from(text)) state = next[state * 128 + byte] ?? -1;
  return accepts[state] === 1;
};

describe("compileBytePattern", () => {
  it.each(PATTERNS)("matches the same texts as RE2: %s", (pattern) => {
    const bytes = compileBytePattern(pattern) as BytePattern;
    const re2 = linearPattern(pattern);
    const text = fc.string({ unit: fc.constantFrom(..."aabbcxyz019-,;.@ Qf~\\P_^"), maxLength: 8 });
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          fc.string({ maxLength: 6 }).filter((any) => /^[\0-\x7f]*$/.test(any)),
        ),
        (any) => matches(bytes, any) === re2.test(any),
      ),
    );
  });

  it.each([
    "\\p{Lu}",
    "(?i)a",
    "[[:alpha:]]",
    "\\bx",
    "(?P<n>a)",
    "[]a]",
    "[^]a]",
    "[\\d-a]",
    "[a-\\d]",
    "x{1001}",
    "(a{99}){99}",
    "\\x41",
  ])("leaves to RE2: %s", (pattern) => {
    expect(compileBytePattern(pattern)).toBeUndefined();
  });

  it.each(["^\\w$", "^\\W$", "^\\d$", "^\\D$", "^\\s$", "^\\S$", "^.$", "^[^a-f]$", "^[\\w-]$"])(
    "matches the same ASCII characters as RE2: %s",
    (pattern) => {
      const bytes = compileBytePattern(pattern) as BytePattern;
      const re2 = linearPattern(pattern);
      const ascii = Array.from({ length: 128 }, (_, i) => String.fromCharCode(i));
      expect(ascii.filter((one) => matches(bytes, one))).toEqual(ascii.filter((one) => re2.test(one)));
    },
  );

  it("leaves patterns with too many states to RE2", () => {
    expect(compileBytePattern("(a|b)*a(a|b){9}")).toBeUndefined();
  });
});

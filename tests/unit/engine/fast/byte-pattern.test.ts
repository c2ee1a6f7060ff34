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
  "^(?:preview|≤?\\d+(?:\\.\\d+)*)$",
  "é*😀|[^a]{2}$",
];
/** Patterns that are compiled for ASCII texts only. */
const ASCII_PATTERNS = ["é+[^b]{1,80}.$", "[é-ü]x|a", "[a-é]+", "[^é]x", "^.{1,80}$", "^[\u0080é]$"];

const matches = ({ next, accepts }: BytePattern, text: string): boolean => {
  let state = 0;
  for (const byte of Buffer.from(text)) state = next[state * 256 + byte] ?? -1;
  return accepts[state] === 1;
};

describe("compileBytePattern", () => {
  const others = fc.string({ unit: fc.constantFrom(..."abxyé≤\u0080\u0085\u07ff\u0800\u2028\uffff😀\u{10ffff}1.\n"), maxLength: 5 });
  const ascii = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."aabbcxyz019-,;.@ Qf~\\P_^"), maxLength: 8 }),
    fc.string({ maxLength: 6 }).filter((any) => /^[\0-\x7f]*$/.test(any)),
  );

  it.each(PATTERNS)("matches the same texts as RE2: %s", (pattern) => {
    const bytes = compileBytePattern(pattern) as BytePattern;
    const re2 = linearPattern(pattern);
    expect(bytes.isAscii).toBe(false);
    fc.assert(fc.property(fc.oneof(ascii, others), (any) => matches(bytes, any) === re2.test(any)));
  });

  it.each(ASCII_PATTERNS)("matches the same ASCII texts as RE2, and no other text that RE2 does not match: %s", (pattern) => {
    const bytes = compileBytePattern(pattern) as BytePattern;
    const re2 = linearPattern(pattern);
    expect(bytes.isAscii).toBe(true);
    fc.assert(fc.property(ascii, (any) => matches(bytes, any) === re2.test(any)));
    fc.assert(fc.property(others, (any) => !matches(bytes, any) || re2.test(any)));
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
    "[b-\\-]",
    "[ü-é]",
    "\ud800",
    "[^\udfff]",
  ])("leaves to RE2: %s", (pattern) => {
    expect(compileBytePattern(pattern)).toBeUndefined();
  });

  it.each(["^\\w$", "^\\W$", "^\\d$", "^\\D$", "^\\s$", "^\\S$", "^.$", "^[^a-f]$", "^[\\w-]$"])(
    "matches the same characters as RE2: %s",
    (pattern) => {
      const bytes = compileBytePattern(pattern) as BytePattern;
      const re2 = linearPattern(pattern);
      const characters = Array.from({ length: 0x900 }, (_, i) => String.fromCodePoint(i));
      expect(characters.filter((one) => matches(bytes, one))).toEqual(characters.filter((one) => re2.test(one)));
    },
  );

  it("leaves patterns with too many states to RE2", () => {
    expect(compileBytePattern("(a|b)*a(a|b){9}")).toBeUndefined();
  });

  it("compiles patterns that need too much work for other texts for ASCII texts only, although they have few states", () => {
    const withOptional = (count: number) => compileBytePattern(`${".?".repeat(count)}x{100}`);
    expect([withOptional(50)?.isAscii, withOptional(250)?.isAscii]).toEqual([false, true]);
  });
});

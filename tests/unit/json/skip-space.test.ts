import { describe, expect, it } from "vitest";
import { isSpace, skipSpace } from "../../../lib/json/skip-space.ts";

describe("skipSpace", () => {
  it("skips the white space of JSON only", () => {
    expect([0x20, 0x0a, 0x0d, 0x09].every(isSpace)).toBe(true);
    expect([0x00, 0x0b, 0x0c, 0x1f, 0x21, 0xa0].some(isSpace)).toBe(false);
    const bytes = Buffer.from(" \n\r\ta  ");
    expect([skipSpace(bytes, 0), skipSpace(bytes, 4), skipSpace(bytes, 5)]).toEqual([4, 4, 7]);
    expect(skipSpace(bytes, 7)).toBe(7);
  });
});

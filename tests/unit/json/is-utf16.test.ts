import { describe, expect, it } from "vitest";
import { isUtf16 } from "../../../lib/json/is-utf16.ts";

describe("isUtf16", () => {
  it("recognizes both byte orders by the zero byte of the first character", () => {
    expect([Buffer.from("[]", "utf16le"), Buffer.from([0, 0x5b, 0, 0x5d])].map(isUtf16)).toEqual([true, true]);
    expect([Buffer.from("[]"), Buffer.from([]), Buffer.from([0]), Buffer.from([0, 0]), Buffer.from("[")].some(isUtf16)).toBe(false);
  });
});

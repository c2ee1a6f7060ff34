import { expect, it } from "vitest";
import { compareBytes } from "../../../lib/formats/compare-bytes.ts";

it("orders ranges of bytes like Buffer.compare", () => {
  const texts = ["", "a", "ab", "abc", "abd", "b", "é", "\u{10ffff}"].map((text) => Buffer.from(text));
  for (const a of texts)
    for (const b of texts) {
      // The bytes around the ranges do not matter.
      const [left, right] = [
        Buffer.concat([Buffer.from("xx"), a, Buffer.from("zz")]),
        Buffer.concat([Buffer.from("y"), b, Buffer.from("A")]),
      ];
      const found = compareBytes(left, 2, 2 + a.length, right, 1, 1 + b.length);
      expect(Math.sign(found), `${a} ${b}`).toBe(Buffer.compare(a, b));
    }
});

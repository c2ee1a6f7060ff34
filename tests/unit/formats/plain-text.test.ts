import { describe, expect, it } from "vitest";
import { plainText } from "../../../lib/formats/plain-text.ts";

describe("plainText", () => {
  it.each<[unknown, string | undefined]>([
    ["a", "a"],
    [1.5, "1.5"],
    [true, "true"],
    [{ a: 1 }, '{"a":1}'],
    [[1], "[1]"],
    [null, undefined],
    [undefined, undefined],
  ])("%j as plain text is %s", (value, plain) => {
    expect(plainText(value as never)).toBe(plain);
  });
});

import { describe, expect, it } from "vitest";
import { formatEncoders } from "../../../lib/build/format-encoders.ts";
import { FORMATS } from "../../../lib/formats/formats.ts";

describe("formatEncoders", () => {
  it("returns each encoder once, and none for archives", () => {
    const names = formatEncoders(FORMATS).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(["csv", "parquet"]));
    expect(names.length).toBeLessThan(FORMATS.length);
    expect(formatEncoders([])).toEqual([]);
  });

  it("returns an encoder outside of the package once, if several formats name it", () => {
    const format = () => ({ encoder: { name: "other", module: "other.ts" } });
    expect(formatEncoders([format(), format()] as never)).toEqual([{ name: "other", module: "other.ts" }]);
    const different = { encoder: { name: "other", module: "another.ts" } };
    expect(() => formatEncoders([format(), different] as never)).toThrow("Two encoders are called other");
  });

  it("fails when two encoders have the same name", () => {
    const [csv] = FORMATS;
    const other = { ...csv, encoder: { name: "csv", module: "other.ts" } };
    expect(() => formatEncoders([csv, other] as never)).toThrow("Two encoders are called csv");
  });
});

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

  it("fails when two encoders have the same name", () => {
    const [csv] = FORMATS;
    const other = { ...csv, encoder: { name: "csv", module: "other.ts" } };
    expect(() => formatEncoders([csv, other] as never)).toThrow("Two encoders are called csv");
  });
});

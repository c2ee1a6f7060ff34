import { describe, expect, it } from "vitest";
import { grouped } from "../../../lib/contract/grouped.ts";

describe("grouped", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1000, "1,000"],
    [20000, "20,000"],
    [123456, "123,456"],
    [1234567, "1,234,567"],
  ])("%d is written as %s", (count, text) => {
    expect(grouped(count)).toBe(text);
  });
});

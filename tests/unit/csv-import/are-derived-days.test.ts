import { describe, expect, it } from "vitest";
import { areDerivedDays } from "../../../lib/csv-import/are-derived-days.ts";

describe("areDerivedDays", () => {
  const columns = { date: 0, start: 1, end: 2 };
  it.each<[string[], boolean]>([
    [["2020-02", "2020-02-01", "2020-02-29"], true],
    [["2020", "2020-01-01", "2020-12-31"], true],
    [["", "", ""], true],
    [[], true],
    [["2020-02", "2020-02-02", "2020-02-29"], false],
    [["2020-02", "2020-02-01", "2020-02-28"], false],
    [["2020-02", "", ""], false],
    [["", "2020-02-01", ""], false],
    [["", "", "2020-02-01"], false],
    [["soon", "", ""], false],
  ])("of %j is %s", (cells, expected) => {
    expect(areDerivedDays(cells, columns)).toBe(expected);
  });
});

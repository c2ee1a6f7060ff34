import { describe, expect, it } from "vitest";
import { firstPassageGroups, passageGroups } from "../../../../lib/site/page/passage-groups.ts";
import { rowOf } from "./source-page.ts";

const sizes = (groups: readonly { rows: readonly unknown[] }[]): number[] => groups.map(({ rows }) => rows.length);

describe("passageGroups", () => {
  it("groups statements that quote the same passage of the source, in order of appearance", () => {
    const rows = [rowOf([1, "a", 1]), rowOf([2, "x", 1], [1, "b", 1]), rowOf([1, "a", 1]), rowOf([1, "a"]), rowOf([1, "a"])];
    expect(passageGroups(1, rows)).toEqual([
      { quote: "a", rows: [rows[0], rows[2]] },
      { quote: "b", rows: [rows[1]] },
      { rows: [rows[3]] },
      { rows: [rows[4]] },
    ]);
  });

  it("divides a passage with many statements, so that few are open at once", () => {
    const groups = passageGroups(1, Array(20).fill(rowOf([1, "a", 1])));
    expect(sizes(groups)).toEqual([6, 6, 6, 2]);
    expect(sizes(firstPassageGroups(groups))).toEqual([6, 6]);
    expect(firstPassageGroups(passageGroups(1, Array(20).fill(rowOf([1, "a"]))))).toHaveLength(6);
  });
});

import { describe, expect, it } from "vitest";
import { describeHiddenKey } from "../../../lib/csv-import/describe-hidden-key.ts";
import { describeSameKey } from "../../../lib/csv-import/describe-same-key.ts";
import { KeyTrial } from "../../../lib/csv-import/key-trial.ts";

describe("KeyTrial", () => {
  const trialOf = (indexes: number[], rows: string[][], countsAll = false): KeyTrial => {
    const trial = new KeyTrial(indexes, countsAll);
    for (const [i, cells] of rows.entries()) trial.add(cells, i + 2);
    return trial;
  };

  it("holds if every row has a unique key", () => {
    expect(trialOf([0], [["a"], ["b"]]).holds).toBe(true);
    expect(
      trialOf(
        [0, 1],
        [
          ["a", "1"],
          ["a", "2"],
          ["b", "1"],
        ],
      ).holds,
    ).toBe(true);
    // The parts of a key are not joined into one text.
    expect(
      trialOf(
        [0, 1],
        [
          ["a", "bc"],
          ["ab", "c"],
        ],
      ).holds,
    ).toBe(true);
  });

  it("finds rows with the same key, and an empty cell", () => {
    const { same, holds } = trialOf([0], [["a"], ["b"], ["a"]]);
    expect([holds, same]).toEqual([false, { cells: ["a"], firstLine: 2, line: 4, count: 1 }]);
    expect(
      trialOf(
        [1],
        [
          ["x", "a"],
          ["x", ""],
        ],
      ),
    ).toMatchObject({ holds: false, empty: { index: 1, line: 3 } });
    expect(trialOf([0, 2], [["a"]]).empty).toEqual({ index: 2, line: 2 });
    expect(trialOf([0], [["a"], ["a"], ["a"], ["b"]], true).same).toMatchObject({ firstLine: 2, line: 3, count: 2 });
  });

  it("finds keys that look the same, and keys with hidden characters", () => {
    expect(trialOf([0], [["S2"], ["s2"]]).same).toMatchObject({ firstLine: 2, line: 3, firstCells: ["S2"], cells: ["s2"] });
    expect(trialOf([0], [["a"], [" b"]])).toMatchObject({ holds: false, hidden: { cell: " b", line: 3 } });
    expect(trialOf([0], [["a\u200bc"]])).toMatchObject({ holds: false, hidden: { cell: "a\u200bc", line: 2 } });
  });

  it("describes duplicates by cells and lines", () => {
    const same = { cells: ["S2"], firstLine: 3, line: 4, count: 1 };
    expect(describeSameKey(same)).toBe('"S2" is in lines 3 and 4');
    expect(describeSameKey({ ...same, cells: ["a", "b"], count: 3 })).toBe('"a", "b" is in lines 3 and 4, and 2 more');
    expect(describeSameKey({ ...same, firstCells: ["s2"] })).toBe('"s2" (line 3) and "S2" (line 4) look the same to people');
    expect(describeSameKey({ ...same, firstCells: ["s2"], count: 2 })).toBe(
      '"s2" (line 3) and "S2" (line 4, and 1 more) look the same to people',
    );
    expect(describeHiddenKey({ cell: " 5", line: 26 })).toBe('" 5" (line 26) has a space around it');
    expect(describeHiddenKey({ cell: "5\u200b", line: 26 })).toMatch(/\(line 26\) has .*U\+200B.* in it$/);
  });
});

import { describe, expect, it } from "vitest";
import { recordTexts } from "../../../lib/engine/record-texts.ts";

describe("recordTexts", () => {
  it.each<[string, [number, string][]]>([
    ['{"a":1}', [[0, '{"a":1}']]],
    [
      '{"a":1},\n {"b":[1,2]}',
      [
        [0, '{"a":1}'],
        [10, '{"b":[1,2]}'],
      ],
    ],
    [
      '{"a":"},{"},{"b":"\\"},"}',
      [
        [0, '{"a":"},{"}'],
        [12, '{"b":"\\"},"}'],
      ],
    ],
    ["", [[0, ""]]],
    [
      "1,2",
      [
        [0, "1"],
        [2, "2"],
      ],
    ],
    ['{"a":"open},{"b":1}', [[0, '{"a":"open},{"b":1}']]],
    ['{"a":"open', [[0, '{"a":"open']]],
  ])("of %j", (whole, parts) => {
    expect(recordTexts(whole).map(({ offset, text }) => [offset, text])).toEqual(parts);
  });
});

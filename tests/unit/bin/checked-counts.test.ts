import { describe, expect, it } from "vitest";
import { checkedCounts } from "../../../bin/commands/checked-counts.ts";

describe("checkedCounts", () => {
  it("counts the records of each table", () => {
    expect(
      checkedCounts({
        records: new Map([
          ["facts", 2],
          ["sources", 1],
          ["history", 4],
        ]),
      } as never),
    ).toBe("2 facts, 1 source, 4 records of history");
  });
});

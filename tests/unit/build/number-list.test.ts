import { describe, expect, it } from "vitest";
import { NumberList } from "../../../lib/build/number-list.ts";

describe("NumberList", () => {
  it("grows, and changes numbers in place", () => {
    const list = new NumberList();
    for (let i = 0; i < 3_000; i += 1) list.push(i * 2);
    list.set(7, -2);
    expect([list.size, list.at(0), list.at(7), list.at(1_023), list.at(1_024), list.at(2_999)]).toEqual([
      3_000, 0, -2, 2_046, 2_048, 5_998,
    ]);
  });
});

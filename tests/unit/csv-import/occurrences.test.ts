import { describe, expect, it } from "vitest";
import { Occurrences } from "../../../lib/csv-import/occurrences.ts";
import { quoteCell } from "../../../lib/csv-import/quote-cell.ts";

describe("Occurrences", () => {
  it("counts cells and keeps the first", () => {
    const tally = new Occurrences();
    expect([tally.where, tally.quoted]).toEqual(["line 0", '""']);
    tally.add("a", 3);
    expect([tally.where, tally.quoted]).toEqual(["line 3", '"a"']);
    tally.add("b", 4);
    tally.add("c", 5);
    expect([tally.where, tally.quoted]).toEqual(["line 3, and 2 more", '"a"']);
    expect([quoteCell("x".repeat(40)), quoteCell("x".repeat(41))]).toEqual([`"${"x".repeat(40)}"`, `"${"x".repeat(39)}…"`]);
  });
});

import { describe, expect, it } from "vitest";
import { isTombstone, parseTombstone, tombstoneText } from "../../../lib/release/tombstone-text.ts";

describe("a tombstone", () => {
  it("is a text for people", () => {
    expect(tombstoneText("1.2.3", "a court")).toBe("This file was removed by its publisher.\n\n1.2.3: a court\n");
    expect(isTombstone(Buffer.from("This file was removed by its publisher.\n"))).toBe(true);
    expect(isTombstone(Buffer.from("This file was removed by its publisher."))).toBe(false);
    expect(isTombstone(Buffer.from("id,name\n"))).toBe(false);
  });

  it("contains version and reason, of one line or more", () => {
    for (const reason of ["a court", "two\nlines", "1.0.0: again"])
      expect(parseTombstone(Buffer.from(tombstoneText("1.2.3", reason)))).toEqual({ version: "1.2.3", reason });
    expect(isTombstone(Buffer.from(tombstoneText("1.2.3", "x")))).toBe(true);
  });

  it.each([
    ["data under the first line", "This file was removed by its publisher.\nid,name\nEVIL,rows\n"],
    ["no reason", tombstoneText("1.2.3", "")],
    ["no version", tombstoneText("", "x")],
    ["no end", tombstoneText("1.2.3", "x").trim()],
    ["another first line", tombstoneText("1.2.3", "x").replace("removed", "Removed")],
    ["nothing", ""],
  ])("is not recognized with %s", (_what, text) => {
    expect(parseTombstone(Buffer.from(text))).toBeUndefined();
  });
});

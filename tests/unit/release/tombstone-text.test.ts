import { describe, expect, it } from "vitest";
import { parseManifestText } from "../../../lib/release/manifest-text.ts";
import { isTombstone, parseTombstone, tombstoneText } from "../../../lib/release/tombstone-text.ts";

describe("a tombstone", () => {
  it("is a text for people", () => {
    expect(tombstoneText("1.2.3", "a court")).toBe("This file was removed by its publisher.\n\n1.2.3: a court\n");
    expect(isTombstone(Buffer.from("This file was removed by its publisher.\n"))).toBe(true);
    expect(isTombstone(Buffer.from("This file was removed by its publisher."))).toBe(false);
    expect(isTombstone(Buffer.from("id,name\n"))).toBe(false);
  });

  it("names version and reason, of one line or more", () => {
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
  ])("is not one with %s", (_what, text) => {
    expect(parseTombstone(Buffer.from(text))).toBeUndefined();
  });
});

describe("parseManifestText", () => {
  const line = (name: string, hash = "a".repeat(64)): string => `${hash}  ${name}\n`;
  it("reads hashes and names", () => {
    expect(parseManifestText(Buffer.from(line("a.csv") + line("b.csv")))).toEqual([
      { name: "a.csv", sha256: "a".repeat(64) },
      { name: "b.csv", sha256: "a".repeat(64) },
    ]);
  });
  it.each([
    ["nothing", ""],
    ["no last line end", line("a.csv").trim()],
    ["a name twice", line("a.csv") + line("a.csv")],
    ["a path", line("../a.csv")],
    ["a path of Windows", line("..\\a.csv")],
    ["a hidden file", line(".bashrc")],
    ["an escape sequence", line("a\u001b[2J.csv")],
    ["a short hash", line("a.csv", "a".repeat(63))],
    ["a hash in capitals", line("a.csv", "A".repeat(64))],
    ["an empty line", `${line("a.csv")}\n`],
  ])("rejects one with %s", (_what, text) => {
    expect(parseManifestText(Buffer.from(text))).toBeUndefined();
  });
});

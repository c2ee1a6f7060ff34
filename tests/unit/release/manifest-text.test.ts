import { describe, expect, it } from "vitest";
import { manifestText, parseManifestText } from "../../../lib/release/manifest-text.ts";

const [A, B] = ["a".repeat(64), "b".repeat(64)];

describe("manifestText", () => {
  it("lists files sorted by name, regardless of the input order", () => {
    expect(
      manifestText([
        { name: "b.csv", sha256: B },
        { name: "a.csv", sha256: A },
      ]),
    ).toBe(`${A}  a.csv\n${B}  b.csv\n`);
    expect(manifestText([])).toBe("");
  });
});

describe("parseManifestText", () => {
  it("reads what manifestText wrote", () => {
    const files = [
      { name: "a b.csv", sha256: A },
      { name: "SHA.txt", sha256: B },
    ];
    expect(parseManifestText(Buffer.from(manifestText(files)))).toEqual([files[1], files[0]]);
  });

  it.each([
    ["is empty", ""],
    ["lacks its last line break", `${A}  a.csv\n${B}  b.csv`],
    ["has an empty line", `${A}  a.csv\n\n`],
    ["has one space only", `${A} a.csv\n`],
    ["has a short hash", `${A.slice(1)}  a.csv\n`],
    ["has an upper-case hash", `${A.toUpperCase()}  a.csv\n`],
    ["names a file in a folder", `${A}  x/a.csv\n`],
    ["names a file with a backslash", `${A}  x\\a.csv\n`],
    ["names a file in the parent folder", `${A}  ../a.csv\n`],
    ["names a hidden file", `${A}  .bashrc\n`],
    ["names a file with an escape sequence", `${A}  a\u001b[2J.csv\n`],
    ["names a file twice", `${A}  a.csv\n${A}  a.csv\n`],
    ["names nothing", `${A}  \n`],
    ["has something before the hash", ` ${A}  a.csv\n`],
  ])("returns nothing if the text %s", (_what, text) => {
    expect(parseManifestText(Buffer.from(text))).toBeUndefined();
  });
});

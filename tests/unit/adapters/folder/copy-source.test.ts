import { describe, expect, it } from "vitest";
import { checkSourceDepth, checkSourceFileCount, checkSourceName } from "../../../../lib/adapters/folder/check-source-name.ts";
import { copySource } from "../../../../lib/adapters/folder/copy-source.ts";
import { UnreadableSourceError } from "../../../../lib/ports/unreadable-source-error.ts";
import { memorySource } from "../../../memory-source.ts";
import { scratch, tree } from "../../../scratch.ts";

describe("copySource", () => {
  it("writes every file, in its folder", async () => {
    const folder = await scratch();
    await copySource(memorySource({ "a.json": "one", "t/b.json": "two" }), folder);
    expect(Object.fromEntries(await tree(folder))).toEqual({ "a.json": "one", "t/b.json": "two" });
  });

  it("writes nothing outside the folder, and over nothing", async () => {
    const folder = await scratch();
    await expect(copySource(memorySource({ "../out.json": "x" }), folder)).rejects.toThrow(
      new UnreadableSourceError("../out.json is outside its folder"),
    );
    await copySource(memorySource({ "a.json": "one" }), folder);
    await expect(copySource(memorySource({ "a.json": "two" }), folder)).rejects.toMatchObject({ code: "EEXIST" });
    expect((await tree(folder)).get("a.json")).toBe("one");
  });
});

describe("the bounds of a source", () => {
  it("are eight nested folders, and 20,000 files", () => {
    expect(() => checkSourceDepth("1/2/3/4/5/6/7/8")).not.toThrow();
    expect(() => checkSourceDepth("1/2/3/4/5/6/7/8/9/10")).toThrow(
      new UnreadableSourceError("1/2/3/4/5/6/7/8/9: folders are nested deeper than 8"),
    );
    expect(() => checkSourceFileCount(new Array(20_000), "d")).not.toThrow();
    expect(() => checkSourceFileCount(new Array(20_001), "d")).toThrow(new UnreadableSourceError("Too many files in d (maximum 20000)"));
  });

  it("are names in UTF-8", () => {
    expect(() => checkSourceName("ü.json")).not.toThrow();
    expect(() => checkSourceName("\ufffd.json")).toThrow(UnreadableSourceError);
  });
});

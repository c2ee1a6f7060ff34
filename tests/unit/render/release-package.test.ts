import { describe, expect, it } from "vitest";
import { readReleasePackage } from "../../../lib/render/release-package.ts";
import { folderOf } from "./folder-of.ts";

describe("readReleasePackage", () => {
  const about = { name: "d", title: "D", description: "d", licenses: [], resources: [] };
  it("returns the package with its bytes", async () => {
    const found = await readReleasePackage(folderOf({ "datapackage.json": JSON.stringify(about) }));
    expect([found.name, Buffer.from(found.fileBytes).toString()]).toEqual(["d", JSON.stringify(about)]);
    await expect(readReleasePackage(folderOf({}))).rejects.toThrow("datapackage.json of a release is missing");
    await expect(readReleasePackage(folderOf({ "datapackage.json": "{" }))).rejects.toThrow(/^datapackage\.json of a release is damaged/);
  });
});

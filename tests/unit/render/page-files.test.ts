import { describe, expect, it } from "vitest";
import { pageFiles } from "../../../lib/render/page-files.ts";
import { folderOf } from "./folder-of.ts";

describe("pageFiles", () => {
  it("lists the files of the package, the package, and the manifest", async () => {
    const resources = [
      { path: "t.csv", title: "T", bytes: 3, hash: "sha256:aa", schema: { fields: [{ name: "id", type: "string", more: 1 }] } },
      { path: "LICENSE", bytes: 4, hash: "sha256:bb" },
    ];
    const files = await pageFiles(folderOf({ SHA256SUMS: "x" }), { resources, fileBytes: Buffer.from("{}") }, []);
    expect(files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ["t.csv", 3],
      ["LICENSE", 4],
      ["datapackage.json", 2],
      ["SHA256SUMS", 1],
    ]);
    expect(files[0]).toStrictEqual({ name: "t.csv", title: "T", bytes: 3, sha256: "aa", fields: [{ name: "id", type: "string" }] });
    expect(files[1]).toStrictEqual({ name: "LICENSE", title: "The licence", bytes: 4, sha256: "bb" });
    // Output of `printf x | sha256sum`.
    expect(files[3]?.sha256).toBe("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
    expect((await pageFiles(folderOf({}), { resources: [], fileBytes: Buffer.from("") }, [])).at(-1)?.bytes).toBe(0);
  });
});

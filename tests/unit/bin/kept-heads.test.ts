import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { keptHeads } from "../../../bin/commands/kept-heads.ts";
import { rememberHead } from "../../../bin/commands/remember-head.ts";
import { UsageError } from "../../../bin/usage-error.ts";
import { sha256 } from "../../../lib/ports/sha256.ts";
import { emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { parseSignedHead, signedHeadEntry } from "../../../lib/release/signed-head.ts";
import { scratch, write } from "../../scratch.ts";

const NOW = new Date("2025-01-01T00:00:00.999Z");
const remembered = async (path: string) => parseSignedHead(await readFile(path));

describe("remembered heads", () => {
  it("contain the verified catalogues, in addition to those of other datasets", async () => {
    const path = join(await scratch(), "head.json");
    await rememberHead(path, [emptyCatalogue("d")], "https://data.example.org", NOW);
    expect(await remembered(path)).toEqual({
      ...{ site: "https://data.example.org", issued: "2025-01-01T00:00:00Z", expires: null, generator: "", pages: "" },
      datasets: { d: signedHeadEntry(emptyCatalogue("d"), sha256) },
    });
    await rememberHead(path, [emptyCatalogue("e")], null, NOW);
    expect(Object.keys((await remembered(path)).datasets)).toEqual(["d", "e"]);
  });

  it("are named after their files in messages", async () => {
    const path = join(await scratch(), "head.json");
    expect(await keptHeads({}, undefined)).toEqual([]);
    expect(await keptHeads({ remember: path }, undefined)).toEqual([]);
    await rememberHead(path, [emptyCatalogue("d")], null, NOW);
    const head = await remembered(path);
    expect(await keptHeads({ head: path, remember: path }, undefined)).toEqual([
      { head, from: path },
      { head, from: `${path}, written by an earlier run,` },
    ]);
  });

  it("are not written through a link", async () => {
    const folder = await scratch();
    await write(folder, { "own.txt": "mine" });
    await symlink("own.txt", join(folder, "seen.json.new"));
    const path = join(folder, "seen.json");
    await rememberHead(path, [emptyCatalogue("d")], null, NOW);
    expect(Object.keys((await remembered(path)).datasets)).toEqual(["d"]);
    expect(await readFile(join(folder, "own.txt"), "utf8")).toBe("mine");
    await symlink("seen.json", join(folder, "linked.json"));
    await expect(rememberHead(join(folder, "linked.json"), [emptyCatalogue("e")], null, NOW)).rejects.toThrow(/link/);
    expect(Object.keys((await remembered(path)).datasets)).toEqual(["d"]);
  });

  it("must be heads, and a named file must exist", async () => {
    const folder = await scratch();
    await write(folder, { "list.json": "[]" });
    await expect(keptHeads({ head: join(folder, "none.json") }, undefined)).rejects.toThrow(
      new UsageError(`There is no file ${join(folder, "none.json")}: --head names a copy of .well-known/factpress-head.json`),
    );
    for (const options of [{ head: join(folder, "list.json") }, { remember: join(folder, "list.json") }])
      await expect(keptHeads(options, undefined)).rejects.toThrow(/list\.json is not a head: The head lacks a field/);
    await expect(keptHeads({ remember: folder }, undefined)).rejects.toThrow("is a folder, not a regular file");
  });
});

import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { outputFolder } from "../../../bin/output-folder.ts";
import { scratch, smallDataset, write } from "../../scratch.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** A folder as the current one, with a dataset in data/. */
async function here(): Promise<string> {
  const folder = await realpath(await scratch());
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  for (const name of [".git", "hub.git"]) await write(join(folder, name), { HEAD: "ref: refs/heads/main", "objects/x": "", "refs/x": "" });
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  return folder;
}

describe("a folder to write to", () => {
  it.each([
    ["", "The name of the folder to write to is empty."],
    [".git", ".git is a git directory."],
    ["hub.git", "hub.git is a git directory."],
    [".git/refs/heads", ".git/refs/heads is in a folder of git."],
    ["hub.git/objects", "hub.git/objects is in a folder of git."],
    ["data/small", "data/small is in a dataset, which contains only its own files."],
    ["data/small/out/of", "data/small/out/of is in a dataset, which contains only its own files."],
    ["data", "data is the folder of datasets."],
    [".", ". contains the folder data of datasets, with which its files would be mixed."],
  ])("is not %j", async (place, why) => {
    const folder = await here();
    await expect(outputFolder(place === "" ? "" : place)).rejects.toThrow(why);
    if (place !== "") await expect(outputFolder(join(folder, place))).rejects.toThrow("Nothing was written.");
  });

  it.each(["store", "data/out", "git"])("may be %j", async (place) => {
    const folder = await here();
    expect(await outputFolder(place)).toBe(join(folder, place));
  });

  it("may contain a file of the name of the folder of datasets", async () => {
    const folder = await here();
    await write(join(folder, "out"), { data: "x" });
    expect(await outputFolder(join(folder, "out"))).toBe(join(folder, "out"));
  });

  it("may be a store in a repository that is itself a dataset, or a store whose folders look like datasets", async () => {
    const folder = await here();
    vi.spyOn(process, "cwd").mockReturnValue(join(folder, "data/small"));
    expect(await outputFolder(join(folder, "data/small/store"))).toBe(join(folder, "data/small/store"));
    await expect(outputFolder(".")).rejects.toThrow(". is in a dataset");
    await write(join(folder, "shop"), { ".factpress/datasets.json": [] });
    await write(join(folder, "shop/small"), smallDataset("1.0.0"));
    expect(await outputFolder(join(folder, "shop"))).toBe(join(folder, "shop"));
  });
});

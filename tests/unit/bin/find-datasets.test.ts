import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findDatasets } from "../../../bin/find-datasets.ts";
import { UsageError } from "../../../bin/usage-error.ts";
import { scratch, write } from "../../scratch.ts";

const before = process.cwd();
afterEach(() => process.chdir(before));

/** A working folder with these files. */
async function workingIn(files: Record<string, unknown>): Promise<string> {
  const folder = await scratch();
  await write(folder, files);
  process.chdir(folder);
  return process.cwd();
}
const shown = async (nameOrPath?: string): Promise<string[][]> =>
  (await findDatasets(nameOrPath)).map((dataset) => [dataset.name, dataset.shown]);

describe("findDatasets", () => {
  it("finds every folder of data/, sorted by name, except for hidden folders and files", async () => {
    const folder = await workingIn({ "data/b/x.json": "", "data/a/x.json": "", "data/.hidden/x.json": "", "data/README.md": "" });
    expect(await findDatasets(undefined)).toEqual(
      ["a", "b"].map((name) => ({ name, folder: join(folder, "data", name), given: join(folder, "data", name), shown: `data/${name}` })),
    );
  });

  it("finds a dataset by its name in data/, or else by its path", async () => {
    await workingIn({ "data/a/x.json": "", "a/x.json": "", "b/x.json": "" });
    expect(await shown("a")).toEqual([["a", "data/a"]]);
    expect(await shown("./a")).toEqual([["a", "a"]]);
    expect(await shown("b")).toEqual([["b", "b"]]);
    process.chdir("b");
    expect(await shown(".")).toEqual([["b", "."]]);
  });

  it("follows a link, and escapes control characters", async () => {
    const folder = await workingIn({ "real\u001b/x.json": "" });
    await symlink(join(folder, "real\u001b"), join(folder, "link"));
    expect(await findDatasets("link")).toEqual([
      { name: "real\u001b", folder: join(folder, "real\u001b"), given: join(folder, "link"), shown: "real\\u001b" },
    ]);
  });

  it("skips a link to another folder of data/, and refuses one that leads elsewhere", async () => {
    const folder = await workingIn({ "data/b/x.json": "", "data/b/sub/x.json": "", "data/.store/x.json": "", "elsewhere/x.json": "" });
    await symlink("b", join(folder, "data/a"));
    expect(await shown()).toEqual([["b", "data/b"]]);
    expect(await shown("a")).toEqual([["b", "data/b"]]);
    for (const [target, named] of [
      ["b/sub", "data/b/sub"],
      [".store", "data/.store"],
      [".", "data"],
      ["../elsewhere", "elsewhere"],
    ] as const) {
      await rm(join(folder, "data/c"), { force: true });
      await symlink(target, join(folder, "data/c"));
      await expect(findDatasets(undefined)).rejects.toThrow(
        new UsageError(
          `data/c is a link to ${named}, which is not a dataset of data/. Replace the link by that folder, or name it, such as: factpress check data/c`,
        ),
      );
    }
    expect(await shown("data/c")).toEqual([["elsewhere", "elsewhere"]]);
  });

  it("lists the datasets if none has that name", async () => {
    await workingIn({ "data/a/x.json": "", "data/.b/x.json": "" });
    await expect(findDatasets("c")).rejects.toThrow(
      new UsageError('There is no dataset "c": neither a folder of that path, nor data/c. In data/ there are: a.'),
    );
    await workingIn({});
    await expect(findDatasets("c")).rejects.toThrow(new UsageError('There is no dataset "c": neither a folder of that path, nor data/c.'));
  });

  it("names the datasets in a folder that is none", async () => {
    await workingIn({ "data/b/dataset.json": "{}", "data/a/dataset.json": "{}", "facts/c/dataset.json": "{}", "facts/d/x.json": "" });
    const contains = (path: string): string => `The folder ${path} is not a dataset, but contains datasets. Name one of them: `;
    await expect(findDatasets("facts")).rejects.toThrow(new UsageError(`${contains("facts")}facts/c.`));
    for (const path of [".", "data"]) await expect(findDatasets(path)).rejects.toThrow(new UsageError(`${contains(path)}data/a, data/b.`));
    expect(await shown("facts/d")).toEqual([["d", "facts/d"]]);
  });

  it("explains how to name the dataset of this folder", async () => {
    await workingIn({ "dataset.json": "{}" });
    await expect(findDatasets(undefined)).rejects.toThrow(
      "There is no folder data/ here, but this is the folder of a dataset. Name it with a dot: factpress check .",
    );
    expect(await findDatasets(".")).toMatchObject([{ given: process.cwd() }]);
  });

  it("explains how to start if there is no dataset", async () => {
    const folder = await workingIn({});
    await expect(findDatasets(undefined)).rejects.toThrow(
      "There is no folder data/ here. Change to its parent folder, name the dataset's folder, or create one: factpress new NAME",
    );
    await mkdir(join(folder, "data"));
    await expect(findDatasets(undefined)).rejects.toThrow("The folder data/ contains no dataset. Create one: factpress new NAME");
    await write(folder, { "data/stray.json": "" });
    await expect(findDatasets(undefined)).rejects.toThrow("data/stray.json belongs to no dataset. Move it into the folder of its dataset.");
  });
});

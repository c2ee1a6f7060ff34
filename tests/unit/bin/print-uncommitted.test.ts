import { existsSync, writeFileSync } from "node:fs";
import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { printUncommitted } from "../../../bin/commands/print-uncommitted.ts";
import { GitContext } from "../../../bin/git-context.ts";
import { printed } from "../../printed.ts";
import { copiesOf, scratch, write } from "../../scratch.ts";

const twoDatasets = copiesOf(async ({ folder, commit }) => {
  await write(folder, { ".gitignore": "*.bak\n", "data/a/x.json": "[]\n", "data/a/y.json": "[1]\n", "data/b/x.json": "[]\n" });
  return { id: await commit("1", "2024-01-01T00:00:00Z") };
});

/** The lines that are printed for the datasets of a repository whose published branch is `main`. */
async function lines(folder: string): Promise<string[]> {
  const datasets = ["a", "b"].map((name) => {
    const at = join(folder, "data", name);
    return { name, folder: at, given: at, shown: `data/${name}` };
  });
  return (await printed(() => printUncommitted(datasets, new GitContext("main")))).split("\n").slice(0, -1);
}

const changed = (name: string, file: string): string =>
  `${name}  changes that are not committed, such as in ${file}, are not published. To include them: git add data/${name}, then git commit`;

type Git = (...command: string[]) => Promise<string>;

it.each<[what: string, expected: string[], change: (folder: string, git: Git) => Promise<unknown>]>([
  ["nothing is changed", [], async () => {}],
  ["a file is changed", [changed("a", "y.json")], (folder) => write(folder, { "data/a/y.json": "[2]\n" })],
  ["an ignored file is added", [], (folder) => write(folder, { "data/a/x.json.bak": "[]\n", "data/b/sub/z.bak": "" })],
  ["a file is added", [changed("b", "z.json")], (folder) => write(folder, { "data/b/z.json": "[]\n", "data/b/x.bak": "" })],
  [
    "a file that would be ignored is staged",
    [changed("b", "z.bak")],
    async (folder, git) => [await write(folder, { "data/b/z.bak": "" }), await git("add", "-f", "data/b/z.bak")],
  ],
  ["a file is deleted", [changed("a", "x.json")], (folder) => rm(join(folder, "data/a/x.json"))],
  ["a sparse checkout leaves out a file", [], (_folder, git) => git("sparse-checkout", "set", "--no-cone", "/*", "!/data/a/x.json")],
  [
    "a clone has no files",
    [],
    async (folder) => {
      for (const path of [".git/index", "data/a/x.json", "data/a/y.json", "data/b/x.json"]) await rm(join(folder, path));
    },
  ],
  [
    "another branch is checked out",
    [],
    async (folder, git) => [await git("switch", "-q", "-c", "topic"), await write(folder, { "data/a/y.json": "[2]\n" })],
  ],
  [
    "a link is added",
    [
      "a  cannot tell whether there are changes that are not committed, which are not published: l.json is not a regular file (a link, a pipe or a device)",
    ],
    (folder) => symlink("x.json", join(folder, "data/a/l.json")),
  ],
])("names changes that git add would take: %s", async (_what, expected, change) => {
  const { folder, git } = await twoDatasets();
  await change(folder, git);
  expect(await lines(folder)).toEqual(expected);
});

it("runs no program that a repository configures", async () => {
  const { folder, git } = await twoDatasets();
  const mark = join(await scratch(), "mark");
  const program = join(await scratch(), "program.sh");
  writeFileSync(program, `#!/bin/sh\n: >'${mark}'\ncat\n`, { mode: 0o755 });
  await write(folder, { ".git/info/attributes": "* filter=evil diff=evil\n", "data/a/y.json": "[2]\n", "data/a/z.bak": "" });
  for (const name of ["filter.evil.clean", "filter.evil.process", "diff.evil.textconv", "core.fsmonitor"])
    await git("config", name, program);
  expect(await lines(folder)).toEqual([changed("a", "y.json")]);
  expect(existsSync(mark)).toBe(false);
});

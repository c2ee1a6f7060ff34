import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderSource } from "../../../../lib/adapters/folder/folder-source.ts";
import { commitSource } from "../../../../lib/adapters/git/commit-source.ts";
import { findGitRepository, type GitRepository } from "../../../../lib/adapters/git/git-repository.ts";
import { firstFileNotSame, hasSameFiles } from "../../../../lib/adapters/git/has-same-files.ts";
import { copiesOf, repository, write } from "../../../scratch.ts";

const withFiles = copiesOf(async ({ folder, commit }) => {
  await write(folder, { "data/one.json": "one\n", "data/empty.json": "", "data/below/large.json": "x".repeat(1_500_000) });
  return { id: await commit("1", "2024-01-01T00:00:00Z") };
});

it.each<[what: string, expected: boolean, change: (data: string) => Promise<unknown>]>([
  ["nothing is changed", true, async () => {}],
  ["a hidden file is added", true, (data) => write(data, { ".hidden": "x" })],
  ["a byte is changed", false, (data) => write(data, { "one.json": "two\n" })],
  ["a file is longer", false, (data) => write(data, { "one.json": "one\n\n" })],
  ["a file is added", false, (data) => write(data, { "two.json": "" })],
  ["a file is missing", false, (data) => rm(join(data, "empty.json"))],
  ["a file is moved", false, async (data) => [await rm(join(data, "empty.json")), await write(data, { "other.json": "" })]],
  ["a link is added", false, (data) => symlink("one.json", join(data, "link.json"))],
])("decides whether a folder has the files of a commit: %s", async (_what, expected, change) => {
  const { folder, made } = await withFiles();
  const data = join(folder, "data");
  await change(data);
  const tree = commitSource((await findGitRepository(folder)) as GitRepository, made.id, "data");
  expect(await hasSameFiles(folderSource(data), tree)).toBe(expected);
});

it.each<[what: string, expected: boolean, files: Record<string, string>]>([
  ["the line breaks of Windows", true, { "lines.json": "a\r\nb\r\n" }],
  ["no changes", true, {}],
  ["a carriage return in place of a line break", false, { "lines.json": "a\rb\r" }],
  ["the line breaks of Windows, and a change", false, { "lines.json": "a\r\nc\r\n" }],
  ["a carriage return at the end", false, { "lines.json": "a\nb\n\r" }],
])("decides it regardless of line breaks: %s", async (_what, expected, files) => {
  const { folder, git, commit } = await repository();
  const data = join(folder, "data");
  await git("config", "core.autocrlf", "false");
  await write(data, { "lines.json": "a\nb\n" });
  const id = await commit("1", "2024-01-01T00:00:00Z");
  await write(data, files);
  const tree = commitSource((await findGitRepository(folder)) as GitRepository, id, "data");
  expect(await firstFileNotSame(folderSource(data), tree, { lineBreaks: "any" })).toBe(expected ? undefined : "lines.json");
});

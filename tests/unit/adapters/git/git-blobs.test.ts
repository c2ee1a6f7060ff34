import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commitSource } from "../../../../lib/adapters/git/commit-source.ts";
import { gitBlobs } from "../../../../lib/adapters/git/git-blobs.ts";
import { findGitRepository, type GitRepository } from "../../../../lib/adapters/git/git-repository.ts";
import { copiesOf, write } from "../../../scratch.ts";

const LARGE = "x".repeat(300_000);
const withFiles = copiesOf(async ({ folder, git, commit }) => {
  await write(folder, { "one.json": "one\n", "empty.json": "", "large.json": LARGE });
  const id = await commit("1", "2024-01-01T00:00:00Z");
  const oid = (path: string): Promise<string> => git("rev-parse", `HEAD:${path}`);
  return { id, one: await oid("one.json"), empty: await oid("empty.json"), large: await oid("large.json"), tree: await oid("") };
});
const text = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
};

describe("files of a repository by their ids", () => {
  it("are read completely, one after the other and concurrently", async () => {
    const { folder, made } = await withFiles();
    const read = gitBlobs({ folder });
    for (const [oid, expected] of [
      [made.one, "one\n"],
      [made.empty, ""],
      [made.large, LARGE],
      [made.one, "one\n"],
    ] as const)
      expect(await text(read(oid))).toBe(expected);
    expect(await Promise.all([made.one, made.large, made.empty].map((oid) => text(read(oid))))).toEqual(["one\n", LARGE, ""]);
  });

  it("are read again from memory if they are small, whatever was done with the bytes", async () => {
    const { folder, made } = await withFiles();
    const read = gitBlobs({ folder });
    for (let i = 0; i < 3; i += 1)
      for await (const chunk of read(made.one)) {
        expect(Buffer.from(chunk).toString()).toBe("one\n");
        chunk.fill(0);
      }
    expect(await text(read(made.large))).toBe(LARGE);
    await rm(join(folder, ".git"), { recursive: true });
    expect([await text(read(made.one)), await text(read(made.one))]).toEqual(["one\n", "one\n"]);
    await expect(text(gitBlobs({ folder })(made.one))).rejects.toThrow();
  });

  it("do not include the rest of an abandoned one", async () => {
    const { folder, made } = await withFiles();
    const read = gitBlobs({ folder });
    for await (const chunk of read(made.large)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(await text(read(made.one))).toBe("one\n");
  });

  it("fail when git lacks them, or has another type of object", async () => {
    const { folder, made } = await withFiles();
    const read = gitBlobs({ folder });
    const none = "0".repeat(40);
    await expect(text(read(none))).rejects.toThrow(`git has no file ${none}: ${none} missing. If this is a partial clone (--filter)`);
    await expect(text(read(made.tree))).rejects.toThrow(`git has no file ${made.tree}: ${made.tree} tree`);
    expect(await text(read(made.one))).toBe("one\n");
  });

  it("are what a commit holds", async () => {
    const { folder, made } = await withFiles();
    const source = commitSource((await findGitRepository(folder)) as GitRepository, made.id, "");
    expect(join(...(await source.list()).map(({ path }) => path))).toBe("empty.json/large.json/one.json");
    expect(await text(source.read("one.json"))).toBe("one\n");
  });
});

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { GitHubArchives } from "../../../../lib/adapters/github/github-archives.ts";
import type { GitHub } from "../../../../lib/adapters/github/github-client.ts";
import { scratch } from "../../../scratch.ts";

/** Small files, a hundred of which are a query. */
const filesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ path: `${i}`, mode: "100644", type: "blob", sha: `${i}`, size: 60 }));

/** Archives of a GitHub whose answers `request` gives. `fetch` fetches some files of a commit, and returns the requests so far. */
async function open(request: () => Promise<object>) {
  const folder = join(await scratch(), "archive");
  const log: string[] = [];
  const options = { apiUrl: "http://127.0.0.1:1", folder, log: (line: string) => log.push(line) };
  const archives = new GitHubArchives({ request } as unknown as GitHub, { owner: "owner", repo: "name" }, options);
  let asked = 0;
  const fetch = async (commit: string, count: number): Promise<number> => {
    await archives.fetch({ commit, path: "data/small" }, filesOf(count), { isCached: () => false, countRequest: () => (asked += 1) });
    return asked;
  };
  return { archives, fetch, folder, log };
}

it("fails with an error that is not of GitHub, the network or the archive, without a warning", async () => {
  const { fetch, folder, log } = await open(async () => {
    throw new TypeError("x is not a function");
  });
  await expect(fetch("a", 2_000)).rejects.toThrow(new TypeError("x is not a function"));
  expect([log, await readdir(folder)]).toEqual([[], []]);
});

it("asks for no other archive once one failed, unless it saves twice the requests, until the next unit of work", async () => {
  const { archives, fetch, log } = await open(async () => ({ status: 200, headers: {} }));
  expect([await fetch("a", 2_000), await fetch("a", 2_000), await fetch("b", 2_000), await fetch("c", 3_900)]).toEqual([1, 1, 1, 1]);
  expect([await fetch("d", 4_000), await fetch("e", 4_000)]).toEqual([2, 2]);
  archives.forget();
  expect([await fetch("f", 2_000), log.length]).toEqual([3, 3]);
});

import type { Server } from "node:http";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { compareSite } from "../lambdas/canary/compare-site.ts";
import { directoryStore } from "../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../lib/adapters/folder/file-aliases.ts";
import { edgeServer } from "../lib/edge/edge-server.ts";
import { catalogueText, emptyCatalogue } from "../lib/release/catalogue.ts";
import { factpress, repository, scratch, smallDataset, write } from "./scratch.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(root: string): Promise<string> {
  const server = edgeServer({ root, aliases: fileAliases(directoryStore(root)) });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

async function publishedSite(): Promise<{ site: string; store: string }> {
  const git = await repository();
  await write(join(git.folder, "data/small"), smallDataset("1.0.0"));
  await git.commit("1", "2024-01-01T00:00:00Z");
  const key = join(await scratch(), "key.json");
  await factpress(git.folder, "key", key);
  expect(await factpress(git.folder, "publish", "--store", "store", "--key", key)).toMatchObject({ code: 0 });
  const store = join(git.folder, "store");
  return { store, site: await serve(store) };
}

const compare = (site: string) => compareSite(site, AbortSignal.timeout(60_000), { waitMs: 10, now: 0 });

describe("the canary", () => {
  it("finds what was signed", async () => {
    const { site } = await publishedSite();
    expect(await compare(site)).toEqual({ datasets: 1 });
  });

  it("is quiet before the first release, and fails where nothing answers", async () => {
    const git = await repository();
    expect(await compare(await serve(git.folder))).toEqual({ datasets: 0, isEmpty: true });
    await expect(compare("http://127.0.0.1:1")).rejects.toThrow();
  });

  it.each<[string, string, string, RegExp]>([
    ["another manifest", "small/1.0.0/SHA256SUMS", "0000  levels.csv\n", /latest\/SHA256SUMS is not that of 1\.0\.0/],
    [
      "an older catalogue",
      "small/releases.json",
      catalogueText(emptyCatalogue("small")),
      /releases\.json is older than the one that was signed/,
    ],
  ])("fails where readers get %s", async (_what, key, text, message) => {
    const { site, store } = await publishedSite();
    await write(store, { [key]: text });
    await expect(compare(site)).rejects.toThrow(message);
  });
});

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { LocalPublisher } from "../../../bin/commands/local-publisher.ts";
import { findDatasets } from "../../../bin/find-datasets.ts";
import { printed } from "../../printed.ts";
import { repository, smallDataset, write } from "../../scratch.ts";

it("publishes the branch that it found first, even if another one becomes the published branch", async () => {
  const { folder, git, commit } = await repository();
  await write(folder, { ".gitignore": "store\n" });
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  const id = await commit("1", "2024-01-01T00:00:00Z");
  const store = join(folder, "store");
  const publisher = new LocalPublisher(await findDatasets(join(folder, "data/small")), { store });
  expect(await printed(() => publisher.findBranch())).toContain("Published branch: main");
  await git("switch", "-q", "-c", "next");
  await write(join(folder, "data/small"), { "levels.json": [] });
  await commit("2", "2024-01-02T00:00:00Z");
  await git("config", "factpress.branch", "next");
  await printed(() => publisher.publish("http://127.0.0.1:1"));
  const { releases } = JSON.parse(await readFile(join(store, "small/releases.json"), "utf8")) as { releases: { commit: string }[] };
  expect(releases.map((release) => release.commit)).toEqual([id]);
});

import { realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { DatasetFolder } from "../../../bin/find-datasets.ts";
import { PublishedTrees } from "../../../bin/published-trees.ts";
import { repository, write } from "../../scratch.ts";

const DATE = "2024-01-01T00:00:00Z";

/** A repository with the published datasets `a` and `b`. `changed` returns the names of datasets to publish, and marks them as published. */
async function publishedOnce() {
  const { folder, commit } = await repository();
  await write(folder, { "data/a/x.json": "[]", "data/b/x.json": "[]" });
  await commit("1", DATE);
  const all = ["a", "b"].map((name): DatasetFolder => {
    const at = realpathSync(join(folder, "data", name));
    return { name, folder: at, given: at, shown: name };
  });
  const trees = new PublishedTrees();
  const changed = async (): Promise<string[]> => {
    const { datasets, done } = await trees.changed(all, "main");
    done();
    return datasets.map(({ name }) => name);
  };
  expect(await changed()).toEqual(["a", "b"]);
  return { folder, commit, changed, trees };
}

it("names the datasets that a commit changed, once", async () => {
  const { folder, commit, changed, trees } = await publishedOnce();
  await write(folder, { "data/b/x.json": "[{}]" });
  expect(await changed()).toEqual([]);
  await commit("2", DATE);
  expect(await changed()).toEqual(["b"]);
  expect(await changed()).toEqual([]);
  trees.forget(["a"]);
  expect(await changed()).toEqual(["a"]);
});

it("publishes the others if the branch loses a dataset, even if its folder was deleted before the commit", async () => {
  const { folder, commit, changed } = await publishedOnce();
  await rm(join(folder, "data/a"), { recursive: true });
  expect(await changed()).toEqual([]);
  await commit("delete a", DATE);
  expect(await changed()).toEqual(["b"]);
  expect(await changed()).toEqual([]);
  await write(folder, { "data/a/x.json": "[]" });
  await commit("a is back", DATE);
  expect(await changed()).toEqual(["a"]);
});

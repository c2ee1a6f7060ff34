import { readFileSync, renameSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { factpress, repository, smallDataset, write } from "./scratch.ts";
import { started } from "./started.ts";

const rivers = (label: string): Record<string, unknown> => ({
  "rivers.json": [
    { id: "rhine", label },
    { id: "elbe", label: "Elbe" },
  ],
});

const preview = async (base: string): Promise<string> => (await fetch(`${base}/small/preview/rivers.csv`)).text();

it("offers a command that shows rows, and follows edits and commits, even after a failure", async () => {
  const { folder, commit } = await repository();
  const data = join(folder, "data/small");
  await write(data, smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  const { base, firstRows, until, end } = await started(folder);
  const [, address = ""] = /^curl -sL (http:\S+) \| head -3$/.exec(firstRows) ?? [];
  expect(await (await fetch(address)).text()).toBe("id,label\r\nrhine,Rhine\r\nelbe,Elbe\r\n");
  renameSync(data, join(folder, "away"));
  await until("ENOENT");
  renameSync(join(folder, "away"), data);
  await until("The preview is up to date.");
  await write(data, rivers("Rhein"));
  await until("The preview is up to date.");
  expect(await preview(base)).toContain("Rhein");
  await commit("2", "2024-01-02T00:00:00Z");
  await until("small 1.0.1");
  expect(await end()).toBe(0);
});

it("follows commits in a linked worktree", async () => {
  const { folder, git, commit } = await repository();
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  await git("switch", "-q", "-c", "side");
  const linked = join(folder, "linked");
  await git("worktree", "add", "-q", linked, "main");
  const { until, end } = await started(linked);
  await write(join(linked, "data/small"), rivers("Rhein"));
  await until("The preview is up to date.");
  // What the edit set going looks at git as well.
  await sleep(2_000);
  await git("-C", linked, "commit", "-q", "-a", "-m", "2");
  await until("small 1.0.1");
  expect(await end()).toBe(0);
});

it("uses its own address in pages unless publish stored another one", async () => {
  const { folder, commit } = await repository();
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  const url = (): unknown => (JSON.parse(readFileSync(join(folder, "store/pages/site.json"), "utf8")) as { url: string }).url;
  for (const _ of ["one port", "another"]) {
    const { base, end } = await started(folder);
    expect(url()).toBe(base);
    await end();
  }
  await factpress(folder, "publish", "--store", "store", "--url", "https://data.example.org");
  await (await started(folder)).end();
  expect(url()).toBe("https://data.example.org");
});

it("continues beside a damaged catalogue, and ends with 1 while the tip of another dataset is refused", async () => {
  const { folder, commit } = await repository();
  const dataset = smallDataset("1.0.0");
  const metadata = dataset["dataset.json"] as object;
  await write(join(folder, "data/damaged"), { ...dataset, "dataset.json": { ...metadata, name: "damaged" } });
  await write(join(folder, "data/small"), dataset);
  await commit("1", "2024-01-01T00:00:00Z");
  await factpress(folder, "publish", "--store", "store");
  await writeFile(join(folder, "store/damaged/releases.json"), "{");
  await write(join(folder, "data/damaged"), rivers("Rhein"));
  await write(join(folder, "data/small"), { "levels.json": [] });
  await commit("2", "2024-01-02T00:00:00Z");
  const { base, until, end } = await started(folder);
  await write(join(folder, "data/small"), rivers("Rhein"));
  await until("The preview is up to date.");
  expect(await preview(base)).toContain("Rhein");
  expect(await end()).toBe(1);
});

it("closes its server if it cannot continue", async () => {
  const { folder, commit } = await repository();
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  await factpress(folder, "publish", "--store", "store");
  const inTheWay = join(folder, "store/small/1.0.0/datapackage.json");
  await rm(inTheWay);
  await mkdir(inTheWay);
  const { code, out } = await factpress(folder, "start", "--port", "0");
  expect([code, out]).toEqual([1, expect.stringContaining("datapackage.json is a folder, not a regular file")]);
  const [base = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(out) ?? [];
  await expect(fetch(base)).rejects.toThrow("fetch failed");
});

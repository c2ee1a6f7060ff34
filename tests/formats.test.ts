import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { expectSums, factpress, repository, scratch, smallDataset, write } from "./scratch.ts";

/** Files that name their release are finished when its version is known. */

it("publishes Parquet files that name dataset, table, version and commit, rebuilds them from git, and makes a mirror's", async () => {
  const { folder, commit } = await repository();
  const store = join(await scratch(), "store");
  const commits: string[] = [];
  for (const [day, label] of ["Rhine", "Rhein"].entries()) {
    await write(join(folder, "data/small"), { ...smallDataset("1.0.0"), "rivers.json": [{ id: "rhine", label }], "levels.json": [] });
    commits.push(await commit(label, `2024-01-0${day + 1}T00:00:00Z`));
    expect((await factpress(folder, "publish", "--store", store)).code).toBe(0);
  }
  for (const [i, version] of ["1.0.0", "1.0.1"].entries()) {
    const release = join(store, "small", version);
    await expectSums(release);
    const bytes = (await readFile(join(release, "rivers.parquet"))).toString("latin1");
    for (const text of ["factpress.dataset", "small", "factpress.table", "rivers", "factpress.version", version, commits[i] as string])
      expect(bytes).toContain(text);
    expect([bytes.slice(0, 4), bytes.slice(-4)]).toEqual(["PAR1", "PAR1"]);
    const { resources } = JSON.parse(await readFile(join(release, "datapackage.json"), "utf8")) as { resources: object[] };
    expect(resources).toContainEqual(
      expect.objectContaining({ path: "rivers.parquet", format: "parquet", mediatype: "application/vnd.apache.parquet" }),
    );
  }
  const verified = await factpress(folder, "verify", store, "--rebuild");
  expect([verified.code, verified.out]).toEqual([0, expect.stringContaining("2 releases verified")]);

  const out = join(await scratch(), "out");
  const newest = join(store, "small/1.0.1");
  expect((await factpress(folder, "apply", join(store, "small/1.0.0"), join(newest, "changes.json"), "--out", out)).code).toBe(0);
  expect(await readFile(join(out, "SHA256SUMS"), "utf8")).toBe(await readFile(join(newest, "SHA256SUMS"), "utf8"));
});

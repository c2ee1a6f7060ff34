import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Catalogue } from "../../lib/release/catalogue.ts";
import { factpress, scratch, write } from "../scratch.ts";
import { CATALOGUES, correction, newMajor, publishedHistory } from "./history.ts";

const catalogueOf = async (store: string, dataset: string): Promise<Catalogue> =>
  JSON.parse(await readFile(join(store, dataset, "releases.json"), "utf8")) as Catalogue;

describe("a store that an earlier version published", () => {
  it("is rebuilt in its own layout, and continues without a stall, a major version or a lost file", async () => {
    const { folder, commit } = await publishedHistory();
    const store = await scratch();
    await write(store, CATALOGUES);
    const restored = await factpress(folder, "restore", "--store", store);
    expect([restored.code, restored.out.match(/2 of 2 releases restored/g)?.length]).toEqual([0, 2]);
    expect(await readFile(join(store, "signs/1.1.0/genes.csv"), "utf8")).toBe(
      "id,name,strand,aliases,=1+2\r\na,Alpha,'-,x;=y,'+297\r\nb,'=1+1,'-,x;=y,'+297\r\n",
    );

    // Nothing new: an upgrade alone makes no release.
    expect((await factpress(folder, "publish", "--store", store)).code).toBe(0);
    expect((await catalogueOf(store, "plain")).releases.length).toBe(2);

    await write(folder, correction);
    expect((await factpress(folder, "check", "signs", "--against", store)).out).toContain("1.1.1");
    await commit("Correct a name", "2026-01-03T00:00:00Z");
    const published = await factpress(folder, "publish", "--store", store);
    expect([published.code, published.out]).toEqual([0, expect.stringContaining("patch: 1 gene corrected")]);
    // Readers of signs would see the difference: it keeps its layout within the major version.
    expect((await catalogueOf(store, "plain")).releases[0]).toMatchObject({ version: "1.1.1", level: "patch", layout: 2 });
    expect((await catalogueOf(store, "signs")).releases[0]).toMatchObject({ version: "1.1.1", level: "patch", layout: 1 });
    expect(await readFile(join(store, "signs/1.1.1/genes.csv"), "utf8")).toContain("a,Alfa,'-,x;=y,'+297");

    await write(folder, newMajor);
    await commit("Remove a gene", "2026-01-04T00:00:00Z");
    expect((await factpress(folder, "publish", "--store", store)).code).toBe(0);
    expect((await catalogueOf(store, "signs")).releases[0]).toMatchObject({ version: "2.0.0", level: "major", layout: 2 });
    expect(await readFile(join(store, "signs/2.0.0/genes.csv"), "utf8")).toBe("id,name,strand,aliases,'=1+2\r\na,Alfa,-,x;'=y,+297\r\n");
    expect(await readFile(join(store, "signs/2.0.0/CHANGES.md"), "utf8")).toContain("CSV files are written in layout 2");

    expect(await factpress(folder, "verify", store, "--rebuild")).toEqual({ code: 0, out: expect.not.stringContaining("rebuild it") });
    for (const [dataset, from, to] of [
      ["plain", "1.1.0", "1.1.1"],
      ["signs", "1.1.1", "2.0.0"],
    ] as const) {
      const manifest = (await catalogueOf(store, dataset)).releases.find(({ version }) => version === to)?.manifest ?? "";
      const [old, changes] = [join(store, dataset, from), join(store, dataset, to, "changes.json")];
      const out = join(await scratch(), to);
      expect((await factpress(folder, "apply", old, changes, "--out", out, "--manifest", manifest)).code).toBe(0);
    }
  });
});

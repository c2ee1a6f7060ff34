import { expect, it } from "vitest";
import { type Catalogue, catalogueText } from "../../lib/release/catalogue.ts";
import { projectDataset } from "../../lib/render/project-dataset.ts";
import { verifyDataset } from "../../lib/verify/verify-dataset.ts";
import { intercept } from "./intercept.ts";
import { Branch, publish, world } from "./world.ts";

const COUNT = Number(process.env["FACTPRESS_RELEASES"] ?? 250);

/** A catalogue of many releases, one a day, all with the files of one. */
async function many() {
  const w = world();
  await publish({ history: new Branch().push({ records: { a: "1" } }), ...w });
  const [only] = (JSON.parse(Buffer.from(w.objects.get("d/releases.json") as Uint8Array).toString("utf8")) as Catalogue).releases;
  const entry = (i: number): Catalogue["releases"][number] => ({
    ...(only as Catalogue["releases"][number]),
    version: `1.${i}.0`,
    commit: i.toString(16).padStart(40, "0"),
    date: new Date(Date.UTC(2000, 0, 1 + i)).toISOString().replace(".000Z", "Z"),
    level: i === 0 ? "first" : "minor",
  });
  const catalogue: Catalogue = {
    dataset: "d",
    releases: Array.from({ length: COUNT }, (_, i) => entry(COUNT - 1 - i)),
    withdrawn: [],
    removed: [],
  };
  const same = (key: string): string => key.replace(/^d\/1\.\d+\.0\//, "d/1.0.0/");
  const store = { ...w.store, get: (key: string) => w.store.get(same(key)), read: (key: string) => w.store.read(same(key)) };
  const put = (next: Catalogue): void => void w.objects.set("d/releases.json", Buffer.from(catalogueText(next)));
  put(catalogue);
  w.entries.clear();
  return { w, store, catalogue, put, entry };
}

it(`projects a release after ${COUNT} others, and a withdrawal of the newest, with few calls`, async () => {
  const { w, store, catalogue, put, entry } = await many();
  await projectDataset(store, w.aliases, "d");
  expect(w.entries.get("d/latest")).toBe(`1.${COUNT - 1}.0`);
  const counted = async (): Promise<Record<string, number>> => {
    const calls: Record<string, number> = {};
    const ports = intercept({ history: new Branch(), store, aliases: w.aliases }, (call, perform) => {
      calls[call.name] = (calls[call.name] ?? 0) + 1;
      return perform();
    });
    await projectDataset(ports.store, ports.aliases, "d");
    return calls;
  };
  // The addresses of the site, the feed, the catalogue.
  expect(await counted()).toEqual({ "aliases.etag": 1, "aliases.get": 1, list: 1, get: 3 });
  const more = { ...catalogue, releases: [entry(COUNT), ...catalogue.releases] };
  put(more);
  const calls = await counted();
  // Its page, the dataset's, the one before, the feed, and the memo; one update of the aliases.
  expect(calls["putIfMatch"]).toBe(5);
  expect(calls["aliases.update"]).toBe(1);
  expect(calls["get"]).toBeLessThan(50);
  expect(w.entries.get("d/latest")).toBe(`1.${COUNT}.0`);
  const bytes = [...w.entries].reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  expect(bytes).toBeLessThan(5_000_000);
  put({ ...more, withdrawn: [{ version: `1.${COUNT}.0`, reason: "wrong", commit: null, date: null }] });
  expect((await counted())["aliases.update"]).toBe(1);
  expect(w.entries.get("d/latest")).toBe(`1.${COUNT - 1}.0`);
});

it("updates more aliases than fit into one update in steps, each of which leads readers to complete releases", async () => {
  const w = world();
  const history = new Branch();
  for (let i = 0; i < 6; i += 1) history.push({ records: { a: String(i) }, date: `${2000 + i * 4}-01-01T00:00:00Z` });
  await publish({ history, ...w });
  history.push({ records: { a: "5" }, withdrawn: [{ version: "1.0.3", reason: "wrong" }], date: "2021-01-01T00:00:00Z" });
  let updates = 0;
  const ports = intercept({ history, store: w.store, aliases: w.aliases }, (call, perform) => {
    if (call.name === "aliases.update") updates += 1;
    return perform();
  });
  await publish({ ...ports });
  // Four years of months led to 1.0.3.
  expect(updates).toBe(1);
  expect(w.entries.get("d/as-of/2013-05")).toBe("00 1.0.2");
  history.push({
    records: { a: "5" },
    withdrawn: [1, 2, 3].map((i) => ({ version: `1.0.${i}`, reason: "wrong" })),
    date: "2021-02-01T00:00:00Z",
  });
  await publish({ ...ports });
  expect(updates).toBe(4);
  expect(w.entries.get("d/as-of/2013-05")).toBe("00 1.0.0");
  await verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" });
});

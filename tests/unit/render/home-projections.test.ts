import { expect, it } from "vitest";
import { homeProjections } from "../../../lib/render/home-projections.ts";
import { siteOf, writeSite } from "../../../lib/render/site.ts";
import { Branch, type Made, publish, world } from "../../protocol/world.ts";

const one: Made = { records: { a: "1" }, title: "Rivers" };

it("lists the datasets with a release in force: not those without a release, or with only a withdrawn one", async () => {
  const w = world();
  await writeSite(w.store, { url: "https://data.example.org" });
  const history = new Branch().push(one, { ...one, records: { a: "2" } });
  await publish({ history, ...w });
  const render = async (...names: string[]): Promise<string[]> => {
    const pages = homeProjections(w.store, names, await siteOf(w.store));
    return [await pages["pages/index.html"](), await pages["pages/404.html"](), await pages["pages/sitemap.xml"]()];
  };
  const [home, missing, sitemap] = await render("d", "e");
  expect(home).toContain("Rivers");
  expect(home).toContain("1.0.1");
  expect(missing).toContain("Rivers");
  expect(sitemap?.match(/<loc>[^<]*<\/loc>/g)).toContain("<loc>https://data.example.org/d/</loc>");
  expect(`${home}${missing}${sitemap}`).not.toContain("/e/");
  const withdrawn = ["1.0.0", "1.0.1"].map((version) => ({ version, reason: "wrong" }));
  await publish({ history: history.push({ ...one, records: { a: "2" }, withdrawn }), ...w });
  expect((await render("d")).join()).not.toContain("Rivers");
});

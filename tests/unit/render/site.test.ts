import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { readSite, siteOf, writeSite } from "../../../lib/render/site.ts";

describe("writeSite", () => {
  it("keeps the bucket until it is removed explicitly", async () => {
    const store = memoryStore();
    await writeSite(store, { url: "https://a.example", bucket: "s3://facts" });
    await writeSite(store, { url: "https://b.example" });
    expect(await readSite(store)).toEqual({ url: "https://b.example", bucket: "s3://facts" });
    await writeSite(store, { url: "https://b.example", bucket: "s3://more" });
    expect((await readSite(store)).bucket).toBe("s3://more");
    await writeSite(store, { url: "https://b.example", bucket: undefined });
    expect(await readSite(store)).toEqual({ url: "https://b.example" });
  });
});

describe("siteOf", () => {
  const idWith = async (site: Parameters<typeof writeSite>[1] | undefined): Promise<string> => {
    const store = memoryStore();
    if (site) await writeSite(store, site);
    return (await siteOf(store)).id;
  };
  const repository = { url: "https://forge.example/us/data", data: "data" };

  it("changes the id if an address in pages changes", async () => {
    const ids = await Promise.all(
      [undefined, { url: "https://a.example" }, { url: "https://b.example" }, { repository }, { url: "https://a.example", repository }].map(
        idWith,
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(await idWith({ url: "https://a.example" })).toBe(ids[1]);
  });
});

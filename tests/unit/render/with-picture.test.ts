import { describe, expect, it } from "vitest";
import type { Store } from "../../../lib/ports/ports.ts";
import { writeSite } from "../../../lib/render/site.ts";
import { pictureFiles, withPicture } from "../../../lib/render/with-picture.ts";
import { verifyDataset } from "../../../lib/verify/verify-dataset.ts";
import { Branch, type Made, publish, type World, world } from "../../protocol/world.ts";
import { decodePng } from "../site/picture/decode-png.ts";
import { statementTables } from "../site/table-schema.ts";

const SCHEMA = {
  type: "object",
  properties: statementTables("facts"),
};

const fact = (id: string, subject: string, value: string): object => ({ id, subject, property: "Age", value, source: "b" });
const made = (facts: object[], more: Partial<Made> = {}): Made => ({
  ...{ records: {}, records_: "may-go", ...more },
  files: {
    "schema.json": JSON.stringify(SCHEMA),
    "facts.json": JSON.stringify(facts),
    "people.json": JSON.stringify(["x", "y"].map((id) => ({ id, label: id.toUpperCase() }))),
    "books.json": JSON.stringify([{ id: "b", label: "Chronicle" }]),
  },
});
const TWO = [fact("1", "x", "5"), fact("2", "y", "6")];

/** The keys of pictures, and of pictures that were put or read. */
interface Seen {
  put: string[];
  got: string[];
}
function watched(store: Store): { store: Store; seen: Seen } {
  const seen: Seen = { put: [], got: [] };
  const note = (to: string[], key: string): void => void (key.endsWith(".png") && to.push(key.replace("pages/d/", "")));
  return {
    seen,
    store: {
      ...store,
      get: (key) => {
        note(seen.got, key);
        return store.get(key);
      },
      putIfMatch: (key, bytes, etag) => {
        note(seen.put, key);
        return store.putIfMatch(key, bytes, etag);
      },
    },
  };
}

async function publishing(w: World, history: Branch): Promise<Seen> {
  const { store, seen } = watched(w.store);
  await publish({ history, ...w, store });
  return { put: seen.put.sort(), got: seen.got.sort() };
}

const pictures = ({ objects }: World): string[] =>
  [...objects.keys()]
    .filter((key) => key.endsWith(".png"))
    .map((key) => key.replace("pages/d/", ""))
    .sort();
const bytesOf = ({ objects }: World, key: string): Uint8Array => objects.get(`pages/d/${key}`) as Uint8Array;
const verified = (w: World) => verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" });

async function published(history: Branch, url: string | undefined = "https://data.example"): Promise<World> {
  const w = world();
  await writeSite(w.store, url === undefined ? {} : { url });
  await publish({ history, ...w });
  return w;
}

describe("pictures", () => {
  it("are next to the pages of the release, its subjects, sources and facts, which refer to them", async () => {
    const w = await published(new Branch().push(made(TWO)));
    expect(pictures(w)).toEqual([
      "1.0.0/card.png",
      "books/b/card.png",
      "facts/1/card.png",
      "facts/2/card.png",
      "people/x/card.png",
      "people/y/card.png",
    ]);
    for (const key of pictures(w)) {
      const { width, height } = decodePng(bytesOf(w, key));
      expect([width, height], key).toEqual([1_200, 630]);
      const page = Buffer.from(bytesOf(w, key.replace("card.png", "index.html"))).toString();
      expect(page, key).toMatch(
        new RegExp(`property="og:image" content="https://data\\.example/d/${key.replace(".", "\\.")}\\?[0-9a-f]{8}"`),
      );
    }
    expect((await verified(w)).uncompared).toEqual([]);
  });

  it("are stored before any page that shows them, and the pages of records before the release's own", async () => {
    const history = new Branch().push(made(TWO));
    const w = world();
    await writeSite(w.store, { url: "https://data.example" });
    const ended: string[] = [];
    const started: { key: string; after: string[] }[] = [];
    await publish({
      history,
      ...w,
      store: {
        ...w.store,
        putIfMatch: async (key, bytes, etag) => {
          started.push({ key, after: [...ended] });
          // The first write ends last.
          await new Promise((done) => setTimeout(done, key.endsWith(".png") ? 30 : 5));
          const stored = await w.store.putIfMatch(key, bytes, etag);
          ended.push(key);
          return stored;
        },
      },
    });
    const pages = started.filter(({ key }) => /^pages\/d\/.*index\.html$/.test(key));
    for (const { key, after } of pages) expect(after, key).toEqual(expect.arrayContaining(pictures(w).map((each) => `pages/d/${each}`)));
    const others = pages.map(({ key }) => key).filter((key) => !/^pages\/d\/(?:1\.0\.0\/)?index\.html$/.test(key));
    expect(others.length).toBeGreaterThan(4);
    expect(pages.find(({ key }) => key === "pages/d/index.html")?.after).toEqual(expect.arrayContaining(others));
  });

  it("do not exist if the site has no address, because messengers need absolute addresses", async () => {
    const w = world();
    await publish({ history: new Branch().push(made(TWO)), ...w });
    expect(pictures(w)).toEqual([]);
    expect(Buffer.from(bytesOf(w, "facts/1/index.html")).toString()).not.toContain("og:image");
  });

  it("are neither read nor written again if they are unchanged", async () => {
    const history = new Branch().push(made(TWO));
    const w = await published(history);
    expect(await publishing(w, history.push(made([...TWO, fact("3", "y", "7")])))).toEqual({
      put: ["1.1.0/card.png", "books/b/card.png", "facts/3/card.png", "people/y/card.png"],
      got: ["books/b/card.png", "people/y/card.png"],
    });
    expect(await publishing(w, history.push(made([fact("1", "x", "8"), ...TWO.slice(1), fact("3", "y", "7")])))).toEqual({
      put: ["1.1.1/card.png", "facts/1/card.png", "people/x/card.png"],
      got: ["facts/1/card.png", "people/x/card.png"],
    });
    expect(await publishing(w, history)).toEqual({ put: [], got: [] });
    const withdrawn = [{ version: "1.0.0", reason: "Wrong." }];
    const same = [fact("1", "x", "8"), ...TWO.slice(1), fact("3", "y", "7")];
    // Its page is written again, after two releases that did not change it.
    expect(await publishing(w, history.push(made(same, { withdrawn })))).toEqual({ put: [], got: [] });
    expect(Buffer.from(bytesOf(w, "1.0.0/index.html")).toString()).toContain("Wrong.");
    expect((await verified(w)).releases).toBe(3);
  });

  it("change their address with their content", async () => {
    const history = new Branch().push(made(TWO));
    const w = await published(history);
    const address = (key: string): string | undefined =>
      /card\.png\?([0-9a-f]+)/.exec(Buffer.from(bytesOf(w, `${key}/index.html`)).toString())?.[1];
    const before = [address("facts/1"), address("facts/2")];
    await publish({ history: history.push(made([fact("1", "x", "8"), ...TWO.slice(1)])), ...w });
    expect([address("facts/1") === before[0], address("facts/2") === before[1]]).toEqual([false, true]);
  });

  it("are white if their fact was removed", async () => {
    const history = new Branch().push(made(TWO));
    const w = await published(history);
    await publish({ history: history.push(made(TWO.slice(1))), ...w });
    expect(decodePng(bytesOf(w, "facts/1/card.png"))).toEqual({
      ...{ width: 2, height: 1, colours: ["#ffffff"] },
      pixels: Uint8Array.from([0, 0]),
    });
    expect(Buffer.from(bytesOf(w, "facts/1/index.html")).toString()).toContain("Page not found");
    expect((await verified(w)).uncompared).toEqual([]);
  });

  it("are white if their release is removed", async () => {
    const history = new Branch().push(made(TWO));
    const w = await published(history);
    const removed = [{ version: "1.0.0", reason: "Not ours." }];
    await publish({ history: history.push(made([...TWO, fact("3", "y", "7")]), made([...TWO, fact("3", "y", "7")], { removed })), ...w });
    expect([decodePng(bytesOf(w, "1.0.0/card.png")).width, decodePng(bytesOf(w, "1.1.0/card.png")).width]).toEqual([2, 1_200]);
    expect((await verified(w)).uncompared).toEqual([]);
  });

  it("are verified, and drawn again by the next release if they were modified", async () => {
    const history = new Branch().push(made(TWO));
    const w = await published(history);
    const right = bytesOf(w, "facts/2/card.png");
    w.objects.set("pages/d/facts/2/card.png", bytesOf(w, "facts/1/card.png"));
    await expect(verified(w)).rejects.toThrow("pages/d/facts/2/card.png does not match the releases: it was changed");
    await publish({ history: history.push(made([fact("1", "x", "8"), ...TWO.slice(1)])), ...w });
    expect(Buffer.from(right).equals(bytesOf(w, "facts/2/card.png"))).toBe(true);
    expect((await verified(w)).uncompared).toEqual([]);
  });

  it("are omitted for a fact whose subject has letters that the font lacks; its page has the rest", async () => {
    const files = made(TWO).files as Record<string, string>;
    const people = JSON.stringify([
      { id: "x", label: "Казахстан" },
      { id: "y", label: "Y" },
    ]);
    const w = await published(new Branch().push({ records: {}, files: { ...files, "people.json": people } }));
    expect(pictures(w)).toEqual(["1.0.0/card.png", "books/b/card.png", "facts/2/card.png", "people/y/card.png"]);
    expect(Buffer.from(bytesOf(w, "facts/1/index.html")).toString()).toMatch(/og:description" content="Age: 5/);
  });
});

describe("withPicture", () => {
  const page = { path: "/d/", env: { site: "https://data.example.org" } } as never as { path: string; env: never };
  const words = { dataset: "d", heading: "h", sentences: ["s"], note: "n" } as never;
  it("adds an address that changes with the picture", () => {
    const { picture } = withPicture(page, words) as { picture?: { path: string; query: string } };
    expect(picture).toMatchObject({ path: "/d/card.png", query: expect.stringMatching(/^[0-9a-f]{8}$/) });
    expect(withPicture(page, { ...(words as object), note: "m" } as never)).not.toMatchObject({ picture: { query: picture?.query } });
    const [[key, drawn] = []] = pictureFiles({ picture: picture as never });
    expect([key, drawn?.input]).toEqual(["pages/d/card.png", JSON.stringify(words)]);
  });

  it("adds nothing without a text, or without an address of the site", () => {
    expect(withPicture(page, undefined)).toBe(page);
    const local = { ...page, env: {} as never };
    expect(withPicture(local, words)).toBe(local);
    expect(pictureFiles({})).toEqual([]);
  });
});

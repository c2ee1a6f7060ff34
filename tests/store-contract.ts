import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Body, Store } from "../lib/ports/ports.ts";

const body = (text: string): Body => ({
  bytes: Buffer.byteLength(text),
  sha256: createHash("sha256").update(text).digest("hex"),
  open: async function* () {
    yield Buffer.from(text);
  },
});

const text = (stored: { bytes: Uint8Array } | undefined): string | undefined => stored && Buffer.from(stored.bytes).toString("utf8");

/** Tests for every store. `open` returns an empty store. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`the store: ${name}`, () => {
    const test = (title: string, use: (store: Store) => Promise<void>): void => it(title, async () => use(await open()), 60_000);

    test("puts an object once, and reports whether the stored one is the same", async (store) => {
      expect(await store.putIfAbsent("a/b.csv", body("one"))).toBe("written");
      expect(await store.putIfAbsent("a/b.csv", body("one"))).toBe("same");
      expect(await store.putIfAbsent("a/b.csv", body("two"))).toBe("other");
      expect(text(await store.get("a/b.csv"))).toBe("one");
      expect(await store.get("a/c.csv")).toBeUndefined();
    });

    test("replaces an object only if the ETag is the one that was read", async (store) => {
      const put = (content: string, etag: string | null) => store.putIfMatch("k", Buffer.from(content), etag);
      expect(await put("1", '"x"')).toBeUndefined();
      const first = await put("1", null);
      expect(first).toBeDefined();
      expect((await store.get("k"))?.etag).toBe(first);
      expect(await put("2", null)).toBeUndefined();
      const second = await put("2", first as string);
      expect(second).toBeDefined();
      expect(second).not.toBe(first);
      expect(await put("3", first as string)).toBeUndefined();
      expect(text(await store.get("k"))).toBe("2");
    });

    test("lists the objects below a prefix with their ETags", async (store) => {
      await store.putIfAbsent("p/1/a.html", body("1"));
      await store.putIfMatch("p/2/a.html", Buffer.from("2"), null);
      await store.putIfAbsent("pq/a.html", body("3"));
      const listed = new Map<string, string>();
      for await (const { key, etag } of store.list("p/")) listed.set(key, etag);
      expect([...listed.keys()].sort()).toEqual(["p/1/a.html", "p/2/a.html"]);
      for (const [key, etag] of listed) expect((await store.get(key))?.etag).toBe(etag);
      for await (const found of store.list("nothing/")) expect(found).toBeUndefined();
    });

    test("lists more than one page of objects", async (store) => {
      const names = Array.from({ length: 1100 }, (_, i) => `n/${i}`);
      for (let i = 0; i < names.length; i += 50)
        await Promise.all(names.slice(i, i + 50).map((name) => store.putIfAbsent(name, body(name))));
      let count = 0;
      for await (const _ of store.list("n/")) count += 1;
      expect(count).toBe(names.length);
    });

    test("reads and writes a large object in parts, and an empty one", async (store) => {
      const piece = Buffer.alloc(1 << 20, "x");
      const hash = createHash("sha256");
      for (let i = 0; i < 12; i += 1) hash.update(piece);
      const sha256 = hash.digest("hex");
      const large: Body = {
        bytes: 12 * piece.length,
        sha256,
        open: async function* () {
          for (let i = 0; i < 12; i += 1) yield piece;
        },
      };
      expect(await store.putIfAbsent("large", large)).toBe("written");
      expect(await store.putIfAbsent("large", large)).toBe("same");
      const part: Uint8Array[] = [];
      for await (const chunk of store.read("large", { start: piece.length - 2, end: piece.length + 3 })) part.push(chunk);
      expect(Buffer.concat(part).toString()).toBe("xxxxx");
      await store.putIfAbsent("letters", body("abcdef"));
      const letters: Uint8Array[] = [];
      for await (const chunk of store.read("letters", { start: 2, end: 5 })) letters.push(chunk);
      expect(Buffer.concat(letters).toString()).toBe("cde");
      const back = createHash("sha256");
      for await (const chunk of store.read("large")) back.update(chunk);
      expect(back.digest("hex")).toBe(sha256);
      expect(await store.putIfAbsent("empty", body(""))).toBe("written");
      expect(text(await store.get("empty"))).toBe("");
      await expect(async () => {
        for await (const _ of store.read("nothing"));
      }).rejects.toThrow();
    });

    test("lets one of several concurrent writers win, for puts and replacements", async (store) => {
      for (let round = 0; round < 5; round += 1) {
        const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => store.putIfAbsent(`race-${round}`, body(`writer ${i}`))));
        expect(outcomes.filter((outcome) => outcome === "written")).toHaveLength(1);
        expect(text(await store.get(`race-${round}`))).toBe(`writer ${outcomes.indexOf("written")}`);
      }
      let etag = (await store.putIfMatch("count", Buffer.from("0"), null)) as string;
      for (let round = 0; round < 5; round += 1) {
        const outcomes = await Promise.all(
          Array.from({ length: 8 }, (_, i) => store.putIfMatch("count", Buffer.from(`${round} ${i}`), etag)),
        );
        const won = outcomes.filter((outcome) => outcome !== undefined);
        expect(won).toHaveLength(1);
        etag = won[0] as string;
        expect((await store.get("count"))?.etag).toBe(etag);
      }
    });
  });
}

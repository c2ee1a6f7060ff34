import { describe, expect, it } from "vitest";
import { memoryAliases } from "../../../lib/adapters/memory/memory-aliases.ts";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { KEY_SET } from "../../../lib/contract/key-set.ts";
import type { Artifact, Store } from "../../../lib/ports/ports.ts";
import { sha256 } from "../../../lib/ports/sha256.ts";
import { DamagedReleaseError } from "../../../lib/publish/damaged-release-error.ts";
import { putPublicKey } from "../../../lib/publish/put-public-key.ts";
import { putRelease } from "../../../lib/publish/put-release.ts";
import { RemovalNotReadyError } from "../../../lib/publish/removal-not-ready-error.ts";
import { removeRelease } from "../../../lib/publish/remove-release.ts";
import { parseKeySet } from "../../../lib/release/key-set.ts";
import { tombstoneText } from "../../../lib/release/tombstone-text.ts";
import { Branch, type Made, publish, world } from "../../protocol/world.ts";
import { makeSigner } from "../../trust/signed-world.ts";

const texts: Record<string, string> = { "a.csv": "a", SHA256SUMS: "sums", "b.csv": "b" };
const artifacts = Object.entries(texts).map(([name, text]) => ({ name, bytes: text.length, sha256: sha256(text) })) as Artifact[];
const workspace = {
  async *read(name: string) {
    yield Buffer.from(texts[name] ?? "");
  },
};

/** A store that records the order of writes. */
function recorded(objects = new Map<string, Uint8Array>()): { store: Store; objects: Map<string, Uint8Array>; put: string[] } {
  const store = memoryStore(objects);
  const put: string[] = [];
  return {
    objects,
    put,
    store: {
      ...store,
      putIfAbsent: (key, body) => {
        put.push(key);
        return store.putIfAbsent(key, body);
      },
    },
  };
}
const stands = (key: string, text: string) => new Map([[key, Buffer.from(text)]]);

describe("putRelease", () => {
  it("puts the manifest first, then every other file", async () => {
    const { store, objects, put } = recorded();
    expect(await putRelease({ dataset: "d", store }, "1.0.0", artifacts, workspace)).toBe("put");
    expect(put).toEqual(["d/1.0.0/SHA256SUMS", "d/1.0.0/a.csv", "d/1.0.0/b.csv"]);
    expect(Object.fromEntries([...objects].map(([key, bytes]) => [key.slice(8), Buffer.from(bytes).toString()]))).toEqual(texts);
    expect(await putRelease({ dataset: "d", store }, "1.0.0", artifacts, workspace)).toBe("put");
  });

  it("writes nothing if another manifest has claimed the version", async () => {
    const { store, objects } = recorded(stands("d/1.0.0/SHA256SUMS", "of another"));
    expect(await putRelease({ dataset: "d", store }, "1.0.0", artifacts, workspace)).toBe("claimed");
    expect([...objects.keys()]).toEqual(["d/1.0.0/SHA256SUMS"]);
  });

  it("starts again at a tombstone, and fails at any other object", async () => {
    const removed = recorded(stands("d/1.0.0/a.csv", tombstoneText("1.0.0", "r")));
    expect(await putRelease({ dataset: "d", store: removed.store }, "1.0.0", artifacts, workspace)).toBe("again");
    const damaged = recorded(stands("d/1.0.0/b.csv", "other"));
    await expect(putRelease({ dataset: "d", store: damaged.store }, "1.0.0", artifacts, workspace)).rejects.toThrow(DamagedReleaseError);
    expect(Buffer.from(damaged.objects.get("d/1.0.0/b.csv") as Uint8Array).toString()).toBe("other");
  });

  it("signs the manifest once", async () => {
    const { store, objects } = recorded();
    const signer = await makeSigner();
    await putRelease({ dataset: "d", store, signer }, "1.0.0", artifacts, workspace);
    const first = objects.get("d/1.0.0/SHA256SUMS.jws");
    expect(first).toBeDefined();
    await putRelease({ dataset: "d", store, signer }, "1.0.0", artifacts, workspace);
    expect(objects.get("d/1.0.0/SHA256SUMS.jws")).toBe(first);
  });
});

describe("putPublicKey", () => {
  const kids = (objects: Map<string, Uint8Array>): string[] => parseKeySet(objects.get(KEY_SET) as Uint8Array).keys.map(({ kid }) => kid);

  it("appends a key once", async () => {
    const { store, objects } = recorded();
    const [one, two] = [await makeSigner(), await makeSigner()];
    for (const signer of [one, two, one]) await putPublicKey(store, signer);
    expect(kids(objects)).toEqual([one.publicKey.kid, two.publicKey.kid]);
  });

  it("retries if others write, at most a hundred times", async () => {
    const { store, objects } = recorded();
    const signer = await makeSigner();
    let busy = 99;
    let tries = 0;
    const contended: Store = {
      ...store,
      putIfMatch: async (...args) => {
        tries += 1;
        busy -= 1;
        return busy >= 0 ? undefined : store.putIfMatch(...args);
      },
    };
    await putPublicKey(contended, signer);
    expect([tries, kids(objects)]).toEqual([100, [signer.publicKey.kid]]);
    busy = 100;
    await expect(putPublicKey(contended, await makeSigner())).rejects.toThrow(/^Gave up after 100 conflicts: other runs kept replacing/);
  });
});

describe("removeRelease", () => {
  const records = (value: string, more: Partial<Made> = {}): Made => ({ records: { a: value }, ...more });
  const removed = [{ version: "1.0.0", reason: "a court" }];
  const history = (): Branch => new Branch().push(records("1"), records("2"), records("3"), records("3", { removed }));
  const text = (objects: Map<string, Uint8Array>, key: string): string => Buffer.from(objects.get(key) as Uint8Array).toString();

  it("replaces every file except those of the hash chain with a tombstone, and names releases that quote it", async () => {
    const w = world();
    await publish({ history: history(), ...w });
    const before = new Map(w.objects);
    const files = [...w.objects.keys()].filter((key) => key.startsWith("d/1.0.0/"));
    const { count, quotedBy } = await removeRelease(w.store, w.aliases, "d", "1.0.0");
    expect(count).toBe(files.length - 2);
    expect(quotedBy).toEqual(["1.0.1"]);
    for (const key of files)
      expect([key, text(w.objects, key)]).toEqual([
        key,
        /SHA256SUMS$|datapackage/.test(key) ? text(before, key) : tombstoneText("1.0.0", "a court"),
      ]);
    expect(text(w.objects, "d/1.0.1/t.csv")).toBe(text(before, "d/1.0.1/t.csv"));
    expect((await removeRelease(w.store, w.aliases, "d", "1.0.0")).count).toBe(0);
  });

  it("waits for the catalogue and the aliases", async () => {
    const w = world();
    await publish({ history: new Branch().push(records("1"), records("2")), ...w });
    await expect(removeRelease(w.store, w.aliases, "d", "1.0.0")).rejects.toThrow(/releases\.json does not say that 1\.0\.0 is removed/);
    await expect(removeRelease(memoryStore(), w.aliases, "d", "1.0.0")).rejects.toThrow(RemovalNotReadyError);
    const later = world();
    await publish({ history: history(), ...later });
    await expect(removeRelease(later.store, memoryAliases(), "d", "1.0.0")).rejects.toThrow(/aliases do not follow the catalogue yet/);
    await expect(removeRelease(later.store, memoryAliases(new Map([["d/mark", "[]"]])), "d", "1.0.0")).rejects.toThrow(/do not follow/);
    // Another publisher is about to switch the aliases to a later catalogue.
    const mark = JSON.parse(later.entries.get("d/mark") as string) as { states: unknown[] };
    const switching = new Map([["d/mark", JSON.stringify({ ...mark, states: [...mark.states, ...mark.states] })]]);
    await expect(removeRelease(later.store, memoryAliases(switching), "d", "1.0.0")).rejects.toThrow(/do not follow/);
    const busy: Store = { ...later.store, putIfMatch: async () => undefined };
    await expect(removeRelease(busy, later.aliases, "d", "1.0.0")).rejects.toThrow(/was written by another publisher at the same time/);
  });
});

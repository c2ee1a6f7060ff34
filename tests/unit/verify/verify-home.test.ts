import { beforeAll, describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { HOME } from "../../../lib/render/home-projections.ts";
import { datasetsToVerify } from "../../../lib/verify/datasets-to-verify.ts";
import { verifyHome, verifyHomePartly } from "../../../lib/verify/verify-home.ts";
import { Branch } from "../../protocol/world.ts";
import { publishSigned, refusalOf, remote } from "../../trust/signed-world.ts";

let published: ReadonlyMap<string, Uint8Array>;
beforeAll(async () => {
  published = (await publishSigned(new Branch().push({ records: { a: "1" } }))).objects;
});

/** The error that verification finds in the published store after one change. */
const refusal = (key: string, bytes?: Uint8Array): Promise<string> => {
  const objects = new Map(published);
  objects.delete(key);
  if (bytes) objects.set(key, bytes);
  return refusalOf(verifyHome(memoryStore(objects)));
};

it("accepts the pages of a store as they were published", async () => {
  await verifyHome(memoryStore(new Map(published)));
});

it.each(HOME)("fails when %s is missing, or was changed", async (key) => {
  const bytes = published.get(key) as Uint8Array;
  expect(await refusal(key)).toBe(`${key} is missing`);
  expect(await refusal(key, Buffer.concat([bytes, Buffer.from(" ")]))).toBe(`${key} does not match the releases: it was changed`);
});

it("fails when an asset is missing", async () => {
  const asset = [...published.keys()].find((key) => key.startsWith("assets/")) as string;
  expect(await refusal(asset)).toBe(`${asset} is missing`);
});

describe("if one dataset was verified over HTTP", () => {
  const two = new Map(["d", "e"].map((name) => [name, new Branch().push({ name, title: name, records: { a: "1" } })]));
  const tampered = async (change: (objects: Map<string, Uint8Array>) => void) => {
    const { objects, signer } = await publishSigned(two);
    change(objects);
    return verifyHomePartly(remote(objects), signer.keys);
  };
  const replaceHome = (objects: Map<string, Uint8Array>, from: RegExp | string, to: string): void => {
    const home = Buffer.from(objects.get(HOME[0]) as Uint8Array).toString("utf8");
    const changed = home.replace(from, to);
    expect(changed).not.toBe(home);
    objects.set(HOME[0], Buffer.from(changed));
  };

  it("accepts the pages as they were published, without the private list of datasets", async () => {
    expect(await tampered((objects) => objects.delete(".factpress/datasets.json"))).toEqual({
      kind: "matches",
      datasets: 2,
      uncompared: [],
    });
  });

  it("finds all datasets of the site by its home page and its signed head", async () => {
    const { objects, signer } = await publishSigned(two);
    objects.delete(".factpress/datasets.json");
    const found = async (): Promise<string[]> => (await datasetsToVerify({ store: remote(objects), keys: signer.keys, folders: [] })).names;
    expect(await found()).toEqual(["d", "e"]);
    replaceHome(objects, /<li><h2><a href="\/e\/">.*?<\/li>/s, "");
    expect(await found()).toEqual(["d", "e"]);
    expect(await refusalOf(verifyHome(remote(objects), await found()))).toMatch(/^pages\/index\.html does not match/);
    objects.delete(".well-known/factpress-head.json");
    expect(await found()).toEqual(["d"]);
  });

  it("fails when the home page was changed, or lacks a dataset of the signed head", async () => {
    const lost = (change: (objects: Map<string, Uint8Array>) => void): Promise<string> =>
      refusalOf(
        tampered((objects) => {
          objects.delete(".factpress/datasets.json");
          change(objects);
        }),
      );
    const changed = "pages/index.html does not match the releases: it was changed";
    expect(await lost((objects) => replaceHome(objects, "Datasets</h1>", "Data</h1>"))).toBe(changed);
    expect(await lost((objects) => replaceHome(objects, /<li><h2><a href="\/e\/">.*?<\/li>/s, ""))).toBe(changed);
    expect(await lost((objects) => objects.delete("pages/robots.txt"))).toBe("pages/robots.txt is missing");
  });

  it("compares nothing, and reads no catalogue, if the home page lists more datasets than are read over HTTP", async () => {
    const { objects, signer } = await publishSigned(two);
    objects.delete(".factpress/datasets.json");
    const many = Array.from({ length: 1_001 }, (_, i) => `<h2><a href="/x${i}/">`).join("");
    objects.set(HOME[0], Buffer.from(many));
    const store = remote(objects);
    const read: string[] = [];
    const found = await verifyHomePartly({ ...store, get: (key) => store.get(key).finally(() => read.push(key)) }, signer.keys);
    expect(found).toEqual({ kind: "not-compared", why: "the site lists 1003 datasets (maximum over HTTP: 1000)" });
    expect(read.filter((key) => key.endsWith("/releases.json"))).toEqual([]);
  });

  it("compares nothing if the home page lists a dataset that is not there", async () => {
    const why = "pages/index.html does not match the releases: it was changed, or else this is a copy without e/releases.json";
    expect(await tampered((objects) => objects.delete("e/releases.json"))).toEqual({ kind: "not-compared", why });
    expect(await tampered((objects) => HOME.forEach((key) => void objects.delete(key)))).toEqual({ kind: "absent" });
  });
});

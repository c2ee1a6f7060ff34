import { beforeAll, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { HOME } from "../../../lib/render/home-projections.ts";
import { verifyHome } from "../../../lib/verify/verify-home.ts";
import { Branch } from "../../protocol/world.ts";
import { publishSigned, refusalOf } from "../../trust/signed-world.ts";

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

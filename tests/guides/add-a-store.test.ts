import initSqlJs from "sql.js";
import { afterEach, expect, it } from "vitest";
import { STORE_KINDS, type StoreKind } from "../../lib/adapters/store-kinds.ts";
import { ALIASES_OBJECT_KEY } from "../../lib/contract/aliases-object-key.ts";
import { factpress, scratch, smallDataset, write } from "../scratch.ts";
import { sqliteStore } from "./sqlite-store.ts";

// Test files share their modules: the line is removed again.
const kinds = STORE_KINDS as Record<string, StoreKind>;
afterEach(() => delete kinds["sqlite"]);

it("a store that is added to the list gets releases from the command line, with aliases of its own", async () => {
  const { Database } = await initSqlJs();
  const store = sqliteStore(new Database());
  // The line that the guide adds to the list.
  kinds["sqlite"] = { example: "sqlite://name", open: async (location) => (location === "facts" ? store : undefined) };
  const root = await scratch();
  const files = Object.entries(smallDataset("1.0.0")).map(([path, value]) => [`data/small/${path}`, value]);
  await write(root, Object.fromEntries(files));
  expect(await factpress(root, "publish", "--store", "sqlite://facts", "--url", "https://data.example")).toMatchObject({
    code: 0,
    out: expect.stringContaining("1.0.0"),
  });
  const textOf = async (key: string): Promise<string> => Buffer.from((await store.get(key))?.bytes ?? []).toString();
  expect(await textOf("small/1.0.0/rivers.csv")).toContain("Rhine");
  expect(JSON.parse(await textOf(ALIASES_OBJECT_KEY))).toMatchObject({ "small/latest": "1.0.0" });
  expect(await factpress(root, "verify", "sqlite://facts")).toMatchObject({ code: 0, out: expect.stringContaining("OK") });
  const aliases = await store.get(ALIASES_OBJECT_KEY);
  const changed = Buffer.from(JSON.stringify({ ...JSON.parse(await textOf(ALIASES_OBJECT_KEY)), "small/latest": "2.0.0" }));
  const etag = await store.putIfMatch(ALIASES_OBJECT_KEY, changed, aliases?.etag ?? null);
  expect(await factpress(root, "verify", "sqlite://facts")).toMatchObject({ code: 1, out: expect.stringContaining("latest") });
  await store.putIfMatch(ALIASES_OBJECT_KEY, aliases?.bytes as Uint8Array, etag ?? null);
  expect(await factpress(root, "diff", "1.0.0", "data/small", "--store", "sqlite://facts")).toMatchObject({ code: 0 });
  expect(await factpress(root, "publish", "--store", "sqlite://other")).toMatchObject({
    code: 2,
    out: expect.stringContaining("s3://bucket, sqlite://name"),
  });
});

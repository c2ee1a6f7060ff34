import { chmod, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { directoryReader } from "../../../../lib/adapters/folder/directory-reader.ts";
import { directoryStore } from "../../../../lib/adapters/folder/directory-store.ts";
import { readWhole } from "../../../../lib/ports/read-whole.ts";
import { scratch } from "../../../scratch.ts";

it("directoryReader reads what a directoryStore wrote, and leaves the directory as it is", async () => {
  const root = await scratch();
  const etag = await directoryStore(root).putIfMatch("d/releases.json", Buffer.from("{}"), null);
  const files = (): Promise<string[]> => readdir(root, { recursive: true });
  const before = await files();
  await chmod(join(root, "d"), 0o500);
  const reader = directoryReader(root);
  expect(await reader.get("d/releases.json")).toEqual({ bytes: Buffer.from("{}"), etag });
  expect(Buffer.from(await readWhole(reader.read("d/releases.json", { start: 1, end: 2 }))).toString()).toBe("}");
  expect(await reader.etag("d/releases.json")).toBe(etag);
  const listed: unknown[] = [];
  for await (const found of reader.list("d/")) listed.push(found);
  expect(listed).toEqual([{ key: "d/releases.json", etag }]);
  expect(await reader.get("d/other.json")).toBeUndefined();
  expect(await reader.etag("d/other.json")).toBeNull();
  await chmod(join(root, "d"), 0o700);
  expect(await files()).toEqual(before);
});

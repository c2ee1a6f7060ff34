import { expect, it } from "vitest";
import type { ReleaseFolder } from "../../../lib/ports/ports.ts";
import { changesFileParts } from "../../../lib/release/changes-file.ts";
import type { Difference } from "../../../lib/release/difference.ts";
import { readChangesHead } from "../../../lib/render/read-changes-head.ts";

const head = { from: "1.0.0", to: "1.1.0", commit: null, date: null, generator: "x", documents: { license: ',\n "tables": {' } };
const difference = (tables: object): Difference =>
  ({ level: "minor", schema: [{ kind: "file-new", level: "minor", change: "Ü.csv is new" }], tables }) as Difference;
const counts = { added: 1, changed: 0, replaced: 0, removed: 0 };
const textOf = (tables: object): string =>
  [...changesFileParts(head, difference(tables))].map((part) => (typeof part === "string" ? part : "{}")).join("");

/** A release whose `changes.json` comes in chunks of this size, and how many were read. */
function folderInChunks(text: string, size: number): { folder: ReleaseFolder; chunks: () => number } {
  let chunks = 0;
  async function* read(): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size, chunks++) yield bytes.subarray(at, at + size);
  }
  return { folder: { read, bytes: async () => undefined }, chunks: () => chunks };
}

it.each([1, 7, 1 << 16])("reads the summary and the changes of files, in chunks of %i bytes", async (size) => {
  for (const tables of [{}, { t: { counts, spools: { added: "a" } } }]) {
    expect(await readChangesHead(folderInChunks(textOf(tables), size).folder, "1.1.0")).toMatchObject({
      summary: "t" in tables ? "1 t added, 1 other change" : "Ü.csv is new",
      schema: difference({}).schema,
    });
  }
});

it("does not read the tables", async () => {
  const text = textOf({ t: { counts, spools: { added: "a" } } });
  const { folder, chunks } = folderInChunks(`${text}${" ".repeat(1 << 20)}`, 1024);
  await readChangesHead(folder, "1.1.0");
  expect(chunks()).toBeLessThan(2);
});

it.each(["{", "{}", '{"summary": "x", "schema": [{}]}'])("finds nothing in a damaged file: %s", async (text) => {
  expect(await readChangesHead(folderInChunks(text, 10).folder, "1.1.0")).toBeUndefined();
});

it("finds nothing without the file, and fails when it cannot be read", async () => {
  const failing = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from("{");
    throw new Error("ended early");
  };
  expect(await readChangesHead({ read: failing, bytes: async () => undefined }, "1.1.0")).toBeUndefined();
  await expect(readChangesHead({ read: failing, bytes: async () => Buffer.from("{") }, "1.1.0")).rejects.toThrow("ended early");
});

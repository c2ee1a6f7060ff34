import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { ComparisonError } from "../../../lib/ports/comparison-error.ts";
import { ForgeError } from "../../../lib/ports/forge-error.ts";
import { noChunks } from "../../../lib/ports/no-chunks.ts";
import { readCatalogue, readCatalogueOrEmpty } from "../../../lib/ports/read-catalogue.ts";
import { readWhole } from "../../../lib/ports/read-whole.ts";
import { SqlError } from "../../../lib/ports/sql-error.ts";
import { catalogueText, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { CatalogueError } from "../../../lib/release/catalogue-error.ts";

describe("readCatalogue", () => {
  it("returns the catalogue with its ETag, or undefined if there is none", async () => {
    const catalogue = emptyCatalogue("d");
    const store = memoryStore(new Map([["d/releases.json", Buffer.from(catalogueText(catalogue))]]));
    const etag = (await store.get("d/releases.json"))?.etag;
    expect(await readCatalogue(store, "d")).toEqual({ catalogue, etag });
    expect(await readCatalogueOrEmpty(store, "d")).toEqual({ catalogue, etag });
    expect(await readCatalogue(store, "e")).toBeUndefined();
    expect(await readCatalogueOrEmpty(store, "e")).toEqual({ catalogue: emptyCatalogue("e"), etag: null });
  });

  it("fails when it is damaged, or is that of another dataset", async () => {
    const store = memoryStore(
      new Map([
        ["d/releases.json", Buffer.from("{")],
        ["e/releases.json", Buffer.from(catalogueText(emptyCatalogue("d")))],
      ]),
    );
    for (const dataset of ["d", "e"]) {
      await expect(readCatalogue(store, dataset)).rejects.toThrow(CatalogueError);
      await expect(readCatalogueOrEmpty(store, dataset)).rejects.toThrow(CatalogueError);
    }
  });
});

describe("readWhole", () => {
  it("joins the chunks of a stream", async () => {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("ab");
      yield Buffer.from("");
      yield Buffer.from("c");
    }
    expect((await readWhole(chunks())).toString()).toBe("abc");
    expect(await readWhole(noChunks())).toHaveLength(0);
  });
});

describe("errors of the outside world", () => {
  it("keep the place and the remedy of an SQL error", () => {
    expect(new SqlError("m")).toMatchObject({ message: "m", line: 0, column: 0, remedy: undefined });
    expect(new SqlError("m", { line: 2, column: 3, remedy: "r" })).toMatchObject({ line: 2, column: 3, remedy: "r" });
  });

  it("keep what a forge answered", () => {
    const cause = new Error("reset");
    const error = new ForgeError("m", { reason: "unavailable", publicMessage: "p", status: 502, retryAfterSeconds: 7, cause });
    expect(error).toMatchObject({ message: "m", reason: "unavailable", publicMessage: "p", status: 502, retryAfterSeconds: 7, cause });
    const comparison = new ComparisonError(error);
    expect(comparison).toMatchObject({ message: "m", reason: "unavailable", publicMessage: "p", status: 502, cause: error });
    expect(comparison).toBeInstanceOf(ForgeError);
  });
});

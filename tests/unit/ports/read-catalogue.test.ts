import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { readCatalogue, readCatalogueOrEmpty } from "../../../lib/ports/read-catalogue.ts";
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

  it("fails when the catalogue is damaged or belongs to another dataset", async () => {
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

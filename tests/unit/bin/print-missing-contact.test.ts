import { expect, it } from "vitest";
import { printMissingContact } from "../../../bin/commands/print-missing-contact.ts";
import type { Store } from "../../../lib/ports/ports.ts";
import { type CatalogueEntry, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { printed } from "../../printed.ts";

const entry: CatalogueEntry = { version: "1.0.0", date: null, commit: null, level: "first", manifest: "" };
const catalogue = { ...emptyCatalogue("d"), releases: [entry] };

/** What is printed about a release with this metadata, on a site with these addresses. */
function said(metadata: object, site?: object): Promise<string> {
  const files: Record<string, object | undefined> = {
    "d/1.0.0/datapackage.json": { name: "d", title: "D", description: "d", licenses: [], resources: [], ...metadata },
    "pages/site.json": site,
  };
  const get: Store["get"] = async (key) => (files[key] ? { bytes: Buffer.from(JSON.stringify(files[key])), etag: "1" } : undefined);
  const store = { get } as Store;
  return printed(() => printMissingContact(store, catalogue));
}

it("prints how to give readers an address for reports, if neither the release nor the site names one", async () => {
  const asks = /^d {2}readers have no address for reports of mistakes: in dataset\.json, name /;
  expect(await said({})).toMatch(asks);
  expect(await said({ contributors: [{ title: "Ann" }] }, { url: "https://d.example" })).toMatch(asks);
  expect(await said({ contributors: [{ title: "Ann", email: "ann@ann.example" }] })).toBe("");
  expect(await said({ homepage: "https://d.example" })).toBe("");
  expect(await said({}, { repository: { url: "https://github.com/a/d", data: "data" } })).toBe("");
});

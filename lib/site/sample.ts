import { planTable } from "../dataset/table-plan.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { feed } from "./feed.ts";
import { homePage, missingPage, nothingCurrentPage, releasePage, removedPage } from "./page.tsx";

const event = (version: string, reason: string | null) => ({ version, reason, commit: "c", date: "2020-01-02T00:00:00Z" });
const catalogue: Catalogue = {
  dataset: "sample",
  releases: ["1.0.3", "1.0.2", "1.0.1", "1.0.0"].map((version, i) => ({
    version,
    date: "2020-01-01T00:00:00Z",
    commit: "c",
    level: i === 3 ? "first" : "patch",
    manifest: "m",
  })),
  withdrawn: [event("1.0.0", "a"), event("1.0.1", "b"), event("1.0.1", null)],
  removed: [event("1.0.2", "c")],
};
const role = (name: string, more = {}): [string, object] => [name, { type: "string", role: name, ...more }];
const schema = {
  properties: {
    said: {
      type: "array",
      title: "Said",
      primaryKey: ["id"],
      items: {
        type: "object",
        properties: {
          id: { type: "string" },
          ...Object.fromEntries(
            ["conflict", "subject", "property", "value", "source", "reason", "certainty", "locator"].map((name) => role(name)),
          ),
          ...Object.fromEntries([role("rank", { enum: ["preferred", "normal", "deprecated"] })]),
          day: { type: "string", format: "edtf" },
          url: { type: "string", format: "uri" },
        },
      },
    },
  },
};
const words = { conflict: "k", subject: "s", property: "p", value: "v", source: "o", reason: "r", certainty: "c", locator: "l" };

/** Every kind of page and the feed for a dataset that shows all their parts: other code gives other texts. */
export async function sampleTexts(styleUrl: string): Promise<string[]> {
  const plan = planTable("said", schema);
  const records = ["preferred", "deprecated"].map((rank, i) => ({
    id: String(i),
    ...words,
    rank,
    day: "2020",
    url: "https://example.org/",
  }));
  const page = (version: string | null, isNewest: boolean, recordsStay: boolean): Promise<string> =>
    releasePage({
      name: "sample",
      title: "t",
      description: "d",
      licenses: [{ name: "n", path: "https://example.org/" }, { name: "m" }],
      homepage: "https://example.org/",
      version,
      date: "2020-01-01T00:00:00Z",
      catalogue,
      isNewest,
      recordsStay,
      tables: [{ plan, records, count: isNewest ? 2 : 3 }],
      files: [1, 2000, 3_000_000].map((bytes) => ({ name: "f", bytes, sha256: "h" })),
      labels: new Map(),
      base: "/",
      styleUrl,
    });
  return [
    await page("1.0.3", true, true),
    await page("1.0.1", false, false),
    await page("1.0.0", false, true),
    await page(null, false, true),
    await nothingCurrentPage({
      name: "sample",
      title: "t",
      catalogue: { ...catalogue, withdrawn: catalogue.withdrawn.slice(0, 1) },
      styleUrl,
    }),
    await removedPage({ name: "sample", title: "t", version: "1.0.2", reason: "r", styleUrl }),
    await homePage([{ name: "n", title: "t", description: "d", version: "1.0.0" }], styleUrl),
    await missingPage(styleUrl),
    feed(catalogue, "t", new Map([["1.0.3", "c"]])),
  ];
}

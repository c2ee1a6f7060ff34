import type { JsonRecord } from "../../../lib/export/cells.ts";
import type { ReleaseFolder } from "../../../lib/pipeline/ports.ts";
import { loadRelease } from "../../../lib/pipeline/release-page.ts";
import { type Catalogue, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import type { ReleasePage } from "../../../lib/site/page/release.ts";
import { releasePage, subjectPage } from "../../../lib/site/pages.tsx";

/** A dataset as its files hold it. */
export interface Given {
  dataset: JsonRecord;
  schema: object;
  tables: Record<string, JsonRecord[]>;
  /** Types of the columns of each CSV, as datapackage.json names them. */
  fields?: Record<string, string[]>;
}

const columnsOf = (schema: object, table: string): object =>
  (schema as { properties: Record<string, { items: { properties: object } }> }).properties[table]?.items.properties ?? {};

/** The files of a release that pages are made of. */
function releaseFolder({ dataset, schema, tables, fields = {} }: Given): ReleaseFolder {
  const resources = Object.keys(tables).flatMap((name) =>
    [`${name}.csv`, `${name}.json`, `${name}.ndjson`].map((path) => ({
      ...{ path, bytes: 1_000, hash: `sha256:${"0".repeat(64)}` },
      ...(path.endsWith(".csv") && fields[name]
        ? { schema: { fields: Object.keys(columnsOf(schema, name)).map((column, i) => ({ name: column, type: fields[name]?.[i] })) } }
        : {}),
    })),
  );
  const files = new Map<string, string>([
    ["datapackage.json", JSON.stringify({ ...dataset, created: "2026-01-02T03:04:05Z", commit: "0".repeat(40), resources })],
    ["schema.json", JSON.stringify(schema)],
    ...Object.entries(tables).map(
      ([name, records]) => [`${name}.ndjson`, records.map((record) => `${JSON.stringify(record)}\n`).join("")] as const,
    ),
  ]);
  return {
    bytes: (name) => Promise.resolve(files.has(name) ? Buffer.from(files.get(name) ?? "") : undefined),
    async *read(name) {
      yield Buffer.from(files.get(name) ?? "");
    },
  };
}

export interface Pages {
  page: ReleasePage;
  html: string;
  /** Key of a subject → its page. */
  subjects: Map<string, string>;
}

/** The static pages of a release: what readers without scripts see, and what scripts begin with. */
export async function pagesOf(given: Given, version: string | null = "1.0.0", isNewest = true): Promise<Pages> {
  const name = String(given.dataset["name"]);
  const released = { version: "1.0.0", date: "2026-01-02T03:04:05Z", level: "major" };
  const catalogue = { ...emptyCatalogue(name), releases: [released] } as unknown as Catalogue;
  const { page, subjects } = await loadRelease(releaseFolder(given), version, catalogue, isNewest, {
    base: `/${name}/1.0.0/`,
    rest: "/rest.json",
    place: { assets: "/assets/", style: "style.css", site: "https://data.example" },
  });
  const written = await Promise.all(subjects.map(async (subject) => [subject.key, await subjectPage(subject)] as const));
  return { page, html: await releasePage(page), subjects: new Map(written) };
}

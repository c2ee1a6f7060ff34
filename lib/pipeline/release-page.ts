import { planTable, type Schema } from "../dataset/table-plan.ts";
import { keyText } from "../engine/engine.ts";
import type { JsonRecord } from "../export/cells.ts";
import type { Catalogue } from "../release/catalogue.ts";
import type { RecordsPromise } from "../release/difference.ts";
import type { PageTable, ReleasePage } from "../site/page.tsx";
import { sha256 } from "./body.ts";
import { lines } from "./compare-records.ts";
import type { ReleaseFolder } from "./ports.ts";

/** A page shows so many records of a table and names the file with all of them. */
const SHOWN_RECORDS = 500;
const LABELLED_RECORDS = 100_000;

/** Where a page will stand, seen from itself. */
export interface PagePlace {
  /** What stands before the name of a file of its release: empty, or a path that ends with `/`. */
  base: string;
  styleUrl: string;
}

interface Package {
  name: string;
  title: string;
  description: string;
  licenses: ReleasePage["licenses"];
  homepage?: string;
  created?: string;
  records?: RecordsPromise;
  resources: { path: string; bytes: number; hash: string }[];
}

/** `datapackage.json` of a release. */
export async function packageOf(folder: ReleaseFolder): Promise<Package> {
  const bytes = await folder.bytes("datapackage.json");
  if (!bytes) throw new Error("datapackage.json of a release is missing");
  return JSON.parse(Buffer.from(bytes).toString("utf8")) as Package;
}

/** All that the page of a release is a function of, read from its files. */
export async function pageOf(
  folder: ReleaseFolder,
  version: string | null,
  catalogue: Catalogue,
  isNewest: boolean,
  place: PagePlace,
): Promise<ReleasePage> {
  const about = await packageOf(folder);
  const schema = JSON.parse(Buffer.from((await folder.bytes("schema.json")) ?? "{}").toString("utf8")) as Schema;
  const manifest = (await folder.bytes("SHA256SUMS")) ?? new Uint8Array();
  const labels = new Map<string, Map<string, string>>();
  const tables: PageTable[] = [];
  const plans = Object.keys(schema.properties ?? {}).map((name) => planTable(name, schema));
  const referenced = new Set(plans.flatMap((plan) => plan.referencedTables));
  for (const plan of plans) {
    const table: PageTable = { plan, records: [], count: 0 };
    const known = new Map<string, string>();
    for await (const line of lines(folder.read(`${plan.name}.ndjson`))) {
      table.count += 1;
      const wanted = table.count <= SHOWN_RECORDS;
      if (!wanted && (!referenced.has(plan.name) || table.count > LABELLED_RECORDS)) continue;
      const record = JSON.parse(line) as JsonRecord;
      if (wanted) table.records.push(record);
      const label = plan.labelColumn === undefined ? undefined : record[plan.labelColumn];
      if (typeof label === "string") known.set(keyText(plan, record), label);
    }
    labels.set(plan.name, known);
    tables.push(table);
  }
  const files = [
    ...about.resources.map(({ path, bytes, hash }) => ({ name: path, bytes, sha256: hash.replace("sha256:", "") })),
    { name: "SHA256SUMS", bytes: manifest.length, sha256: sha256(manifest) },
  ];
  return {
    name: about.name,
    title: about.title,
    description: about.description,
    licenses: about.licenses,
    ...(about.homepage ? { homepage: about.homepage } : {}),
    recordsStay: about.records !== "may-go",
    version,
    date: about.created ?? null,
    catalogue,
    isNewest,
    tables,
    files,
    labels,
    ...place,
  };
}

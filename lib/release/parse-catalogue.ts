import { CATALOGUE_FILE, catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { checkAgainst } from "../json/check-against.ts";
import { readDocument } from "../json/read-document.ts";
import type { Schema } from "../schema/schema.ts";
import { type Catalogue, catalogueText } from "./catalogue.ts";
import { CatalogueError } from "./catalogue-error.ts";
import releasesSchema from "./releases.schema.json" with { type: "json" };

const SCHEMA = releasesSchema as unknown as Schema;

/** `dataset`: the dataset whose catalogue is expected, if known. */
const damaged = (what: string, dataset: string | undefined): CatalogueError => {
  const file = dataset === undefined ? CATALOGUE_FILE : catalogueObjectKey(dataset);
  return new CatalogueError(file, `is damaged: ${what}. Replace it with a copy from a backup or a mirror.`);
};

/** Checks what the schema cannot express: versions are unique, and events refer to listed releases. */
function inconsistency({ releases, withdrawn, removed }: Catalogue): string | undefined {
  const listed = new Set<string>();
  for (const { version } of releases) {
    if (listed.has(version)) return `it lists ${version} twice`;
    listed.add(version);
  }
  const event = [...withdrawn, ...removed].find(({ version }) => !listed.has(version));
  return event && `it withdraws or removes ${event.version}, which it does not list`;
}

/**
 * Parses an untrusted `releases.json`: it must match releases.schema.json and equal the output of `catalogueText`. Its versions are
 * therefore safe in paths. Throws `CatalogueError`.
 */
export function parseCatalogue(bytes: Uint8Array, dataset?: string): Catalogue {
  const catalogue = readExact(bytes) ?? explain(bytes, dataset);
  const found = inconsistency(catalogue);
  if (found) throw damaged(found, dataset);
  if (dataset !== undefined && catalogue.dataset !== dataset)
    throw damaged(`it is the catalogue of ${catalogue.dataset}, not of ${dataset}`, dataset);
  return catalogue;
}

/** Fast path, because large catalogues are read often. Equal bytes rule out duplicate keys and unusual formatting. */
function readExact(bytes: Uint8Array): Catalogue | undefined {
  const text = Buffer.from(bytes).toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (checkAgainst(SCHEMA)(value).length > 0) return undefined;
  return catalogueText(value as Catalogue) === text ? (value as Catalogue) : undefined;
}

/** Throws the first problem with its line number. */
function explain(bytes: Uint8Array, dataset: string | undefined): never {
  const [problem] = readDocument(CATALOGUE_FILE, bytes, checkAgainst(SCHEMA)).problems;
  throw damaged(problem ? `line ${problem.line}: ${problem.message}` : "it was not written by factpress", dataset);
}

import type { JsonRecord } from "../../formats/cell-text.ts";
import { schemaType } from "../../schema/schema-type.ts";
import type { Property } from "./property.ts";

/** Share of the records that a naming column tells apart. */
const DISTINCT = 0.9;

const LAST_WORD = /(?:^|[^\p{L}])(?:name|title|label)$/iu;
const ANY_WORD = /(?:^|[^\p{L}])(?:name|title|label)(?:[^\p{L}]|$)/iu;

/** The column that names the records of a table without a label: called name, title or label, filled, and nearly unique. */
export function findNamingColumn(properties: readonly Property[], records: readonly JsonRecord[]): Property | undefined {
  const isNaming = ([name, schema]: Property): boolean =>
    schemaType(schema) === "string" && new Set(records.map((record) => record[name] ?? "")).size > records.length * DISTINCT;
  for (const word of [LAST_WORD, ANY_WORD]) {
    const named = properties.filter((property) => (property[1].title ?? property[0]).match(word) !== null).find(isNaming);
    if (named) return named;
  }
  return undefined;
}

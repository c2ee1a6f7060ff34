import type { JsonRecord } from "../../formats/value.ts";
import { schemaType } from "../../schema/schema-type.ts";
import type { Property } from "./property.ts";

/** Share of the records that a naming column tells apart. */
const DISTINCT = 0.9;

const LAST_WORD = /(?:^|[^\p{L}])(?:name|title|label)$/iu;
const ANY_WORD = /(?:^|[^\p{L}])(?:name|title|label)(?:[^\p{L}]|$)/iu;

/** Texts of most names: they have a lower-case letter and five characters, and are no sentences. */
const isNameLike = (text: unknown): boolean => typeof text === "string" && /^(?=.*\p{Ll})(?!https?:).{5,60}$/su.test(text);
/** Share of the values that are like names. */
const NAME_LIKE = 0.7;

/**
 * The column that names the records of a table without a label: called name, title or label, filled, and nearly unique. Of several, the one
 * with the shortest name; if there is none, the first nearly unique one whose values are like names.
 */
export function findNamingColumn(properties: readonly Property[], records: readonly JsonRecord[]): Property | undefined {
  const titleOf = ([name, schema]: Property): string => schema.title ?? name;
  const naming = properties.filter(
    ([name, schema]) =>
      schemaType(schema) === "string" &&
      schema.format === undefined &&
      new Set(records.map((record) => record[name] ?? "")).size > records.length * DISTINCT,
  );
  for (const word of [LAST_WORD, ANY_WORD]) {
    const [named] = naming.filter((property) => word.test(titleOf(property))).toSorted((a, b) => titleOf(a).length - titleOf(b).length);
    if (named) return named;
  }
  return naming.find(
    ([name]) => records.length > 0 && records.filter((record) => isNameLike(record[name])).length > records.length * NAME_LIKE,
  );
}

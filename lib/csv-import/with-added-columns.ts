import type { Schema } from "../schema/schema.ts";
import type { InferredTableColumn } from "./infer-table.ts";
import type { KnownTable } from "./known-table.ts";

/** The schema of a dataset with the new columns of a file in it. */
export function withAddedColumns({ schema, name }: KnownTable, added: readonly InferredTableColumn[]): Schema {
  const table = schema.properties?.[name] ?? {};
  const items = table.items ?? {};
  const properties = {
    ...items.properties,
    ...Object.fromEntries(
      added.map(({ name, header, schema: { type, ...keywords } }) => [name, { type, title: header || name, ...keywords }]),
    ),
  };
  return { ...schema, properties: { ...schema.properties, [name]: { ...table, items: { ...items, properties } } } };
}

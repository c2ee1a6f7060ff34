import type { IcebergColumns } from "../formats/iceberg-columns.ts";

/** The schemas that a table has had. */
export type IcebergSchemas = readonly { "schema-id": number; fields: IcebergColumns["fields"] }[];

/** A schema of a table (Table Spec, Schemas and Data Types). */
export const icebergSchema = ({ fields, "identifier-field-ids": keys }: IcebergColumns, schemaId: number): object => ({
  type: "struct",
  "schema-id": schemaId,
  ...(keys.length > 0 ? { "identifier-field-ids": keys } : {}),
  fields,
});

/** Finds the schema of a release among the earlier ones, or adds it. */
export function withIcebergSchema(schemas: IcebergSchemas, columns: IcebergColumns): { schemas: IcebergSchemas; schemaId: number } {
  const text = (schemaId: number): string => JSON.stringify(icebergSchema(columns, schemaId));
  const known = schemas.findIndex((schema, i) => JSON.stringify(schema) === text(i));
  if (known >= 0) return { schemas, schemaId: known };
  return { schemas: [...schemas, JSON.parse(text(schemas.length)) as IcebergSchemas[number]], schemaId: schemas.length };
}

import type { IcebergColumns } from "../formats/parquet/iceberg-tables.ts";

/** The forms that the schema of a table has had. */
export type IcebergSchemas = readonly { "schema-id": number; fields: IcebergColumns["fields"] }[];

/** The schema of a table in one of its forms (Table Spec, Schemas and Data Types). */
export const icebergSchema = ({ fields, "identifier-field-ids": keys }: IcebergColumns, schemaId: number): object => ({
  type: "struct",
  "schema-id": schemaId,
  ...(keys.length > 0 ? { "identifier-field-ids": keys } : {}),
  fields,
});

/** The schema of a table in a release: that of an earlier release where it is the same, or one more. */
export function withIcebergSchema(schemas: IcebergSchemas, columns: IcebergColumns): { schemas: IcebergSchemas; schemaId: number } {
  const text = (schemaId: number): string => JSON.stringify(icebergSchema(columns, schemaId));
  const known = schemas.findIndex((schema, i) => JSON.stringify(schema) === text(i));
  if (known >= 0) return { schemas, schemaId: known };
  return { schemas: [...schemas, JSON.parse(text(schemas.length)) as IcebergSchemas[number]], schemaId: schemas.length };
}

import type { Schema } from "../../schema/schema.ts";

export const columnExample = (column: Schema | undefined): unknown =>
  Array.isArray(column?.["examples"]) ? (column["examples"] as unknown[])[0] : undefined;

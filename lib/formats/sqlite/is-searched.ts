import type { SqliteColumn } from "./sqlite-rows.ts";

/** Whether full-text search covers a column: its text, or the label of the record that it refers to. */
export const isSearched = ({ column: { schema, derived }, storage }: SqliteColumn): boolean =>
  schema.search === true && (storage === "text" || storage === "json") && derived !== "start" && derived !== "end";

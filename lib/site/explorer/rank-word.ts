import type { Standing } from "./standing-reader.ts";

/** Whether a row is deprecated, replaced or preferred, in one word. */
export const rankWord = (row: Standing): string | undefined =>
  row.isDeprecated ? "deprecated" : row.isReplaced ? "replaced" : row.isPreferred ? "preferred" : undefined;

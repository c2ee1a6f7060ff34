import type { Row } from "./explorer-model.ts";

/** The rank of a row, unless it is the normal one. */
export const rankWord = (row: Pick<Row, "isDeprecated" | "isPreferred">): string | undefined =>
  row.isDeprecated ? "deprecated" : row.isPreferred ? "preferred" : undefined;

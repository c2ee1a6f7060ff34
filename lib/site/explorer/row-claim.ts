import type { Claim, ExplorerColumn, Row } from "./explorer-model.ts";

/** A row as a claim against another one. */
export const rowClaim = ({ columns }: { columns: readonly ExplorerColumn[] }, row: Row): Claim => ({
  id: row.id,
  text: row.cells[columns.findIndex(({ kind }) => kind === "value")] ?? "",
  source: row.sources?.[0]?.[0] ?? -1,
  ...(row.isPreferred ? { preferred: true as const } : {}),
  ...(row.isDeprecated ? { deprecated: true as const } : {}),
  ...(row.isReplaced ? { replaced: true as const } : {}),
  ...(row.days ? { days: row.days } : {}),
  ...(row.because ? { because: row.because } : {}),
});

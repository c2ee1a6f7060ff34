import type { ExplorerColumn, ExplorerModel, Row } from "./explorer-model.ts";
import { rowClaim } from "./row-claim.ts";

/** The parts of a row that the table does not show. A claim is only its row's id if the page holds that row. */
type Hidden = Omit<Row, "id" | "cells" | "claims"> & { claims?: (string | NonNullable<Row["claims"]>[number])[] };

const held = new WeakMap<readonly Row[], ReadonlySet<string>>();
function idsOf({ rows }: ExplorerModel): ReadonlySet<string> {
  const ids = held.get(rows) ?? new Set(rows.map(({ id }) => id));
  held.set(rows, ids);
  return ids;
}

/** The text of `data-row`. */
export function rowData(model: ExplorerModel, { id: _, cells: __, claims, ...rest }: Row): string {
  const ids = idsOf(model);
  const hidden: Hidden = { ...rest, ...(claims ? { claims: claims.map((claim) => (ids.has(claim.id) ? claim.id : claim)) } : {}) };
  return JSON.stringify(hidden);
}

/** Reads the rows of a page from its cells and the texts of `data-row`. */
export function rowsFrom(columns: readonly ExplorerColumn[], shown: readonly { id: string; cells: string[]; data: string }[]): Row[] {
  const read = shown.map(({ id, cells, data }) => ({ row: { id, cells } as Row, hidden: JSON.parse(data) as Hidden }));
  for (const { row, hidden } of read) Object.assign(row, { ...hidden, claims: undefined });
  const byId = new Map(read.map(({ row }) => [row.id, row]));
  for (const { row, hidden } of read) {
    delete row.claims;
    if (hidden.claims)
      row.claims = hidden.claims.map((claim) => (typeof claim === "string" ? rowClaim({ columns }, byId.get(claim) as Row) : claim));
  }
  return read.map(({ row }) => row);
}

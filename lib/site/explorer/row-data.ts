import type { Claim, Claims, ExplorerColumn, ExplorerModel, Row } from "./explorer-model.ts";
import { rowClaim } from "./row-claim.ts";

const KINDS = ["claims", "lessPrecise", "morePrecise"] as const satisfies (keyof Claims)[];

/** The parts of a row that the table does not show. A claim is only the id of a row if the page includes that row. */
type Hidden = Omit<Row, "id" | "cells" | keyof Claims> & { [Kind in keyof Claims]?: (string | Claim)[] };

const held = new WeakMap<readonly Row[], ReadonlySet<string>>();
function idsOf({ rows }: ExplorerModel): ReadonlySet<string> {
  const ids = held.get(rows) ?? new Set(rows.map(({ id }) => id));
  held.set(rows, ids);
  return ids;
}

/** The text of `data-row`. */
export function rowData(model: ExplorerModel, { id: _, cells: __, ...rest }: Row): string {
  const ids = idsOf(model);
  const hidden: Hidden = { ...rest };
  for (const kind of KINDS) if (rest[kind]) hidden[kind] = rest[kind].map((claim) => (ids.has(claim.id) ? claim.id : claim));
  return JSON.stringify(hidden);
}

/** Reads the rows of a page from its cells and the texts of `data-row`. */
export function rowsFrom(columns: readonly ExplorerColumn[], shown: readonly { id: string; cells: string[]; data: string }[]): Row[] {
  const read = shown.map(({ id, cells, data }) => ({ row: { id, cells } as Row, hidden: JSON.parse(data) as Hidden }));
  for (const { row, hidden } of read) Object.assign(row, hidden);
  const byId = new Map(read.map(({ row }) => [row.id, row]));
  for (const { row, hidden } of read)
    for (const kind of KINDS) {
      const claims = hidden[kind]?.map((claim) => (typeof claim === "string" ? rowClaim({ columns }, byId.get(claim) as Row) : claim));
      if (claims) row[kind] = claims;
    }
  return read.map(({ row }) => row);
}

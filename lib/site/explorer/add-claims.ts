import type { ExplorerColumn, Row } from "./explorer-model.ts";
import { rowClaim } from "./row-claim.ts";

/** Maximum contradicting rows that a row names. */
const SHOWN_CLAIMS = 8;

const preferredFirst = (a: Row, b: Row): number => Number(b.isPreferred ?? false) - Number(a.isPreferred ?? false);

/** Gives each row of a group the rows with another value, in time linear in the size of the group. */
export function addClaims(group: readonly Row[], columns: readonly ExplorerColumn[]): void {
  const value = columns.findIndex(({ kind }) => kind === "value");
  const textOf = (row: Row): string => row.cells[value] ?? "";
  const counts = new Map<string, number>();
  for (const row of group) counts.set(textOf(row), (counts.get(textOf(row)) ?? 0) + 1);
  // The first rows of each value are enough to find the first that differ from any.
  const ordered = [...group].sort(preferredFirst);
  const candidates = [...counts.keys()]
    .slice(0, SHOWN_CLAIMS + 1)
    .flatMap((text) => ordered.filter((row) => textOf(row) === text).slice(0, SHOWN_CLAIMS));
  for (const row of group) {
    const count = group.length - (counts.get(textOf(row)) ?? 0);
    if (count === 0) continue;
    const others = candidates.filter((other) => textOf(other) !== textOf(row));
    const shown = others.sort(preferredFirst).slice(0, SHOWN_CLAIMS);
    row.claims = shown.map((other) => rowClaim({ columns }, other));
    if (count > shown.length) row.claimCount = count;
  }
}

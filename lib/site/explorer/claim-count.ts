import type { Claims, Row } from "./explorer-model.ts";

/** How many claims of a kind are about a row. The row itself lists only the first few. */
export const claimCount = (row: Row, kind: keyof Claims): number => row.counts?.[kind] ?? row[kind]?.length ?? 0;

import type { Claims, Row } from "./explorer-model.ts";

/** How many claims of a kind a row has: it names only the first. */
export const claimCount = (row: Row, kind: keyof Claims): number => row.counts?.[kind] ?? row[kind]?.length ?? 0;

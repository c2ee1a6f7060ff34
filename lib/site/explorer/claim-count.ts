import type { Claims, Row } from "./explorer-model.ts";

/** The number of claims of a kind of a row, which lists only the first. */
export const claimCount = (row: Row, kind: keyof Claims): number => row.counts?.[kind] ?? row[kind]?.length ?? 0;

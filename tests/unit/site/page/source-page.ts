import type { Row } from "../../../../lib/site/explorer/explorer-model.ts";

/** A row that cites sources. */
export const rowOf = (...sources: unknown[]): Row => ({ id: "r", cells: [], in: [], sources }) as never;

/** The page of the source with the number 1: rows that are contradicted, and how many are not. */
export const sourcePageOf = (contradicted: Row[], undecided = 0, superseded = 0, uncontradicted = 0) =>
  ({
    index: 1,
    model: { noun: ["fact", "facts"] },
    contradicted,
    undecided: Array(undecided),
    superseded: Array(superseded),
    uncontradicted: Array(uncontradicted),
  }) as never;

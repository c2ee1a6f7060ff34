import type { ExplorerModel, Row } from "./explorer-model.ts";

/** Indexes of the sources that support a row: its own, and those cited beside it that do not merely mention its subject. */
export const supportingSources = ({ sources = [] }: Pick<Row, "sources">): number[] => [
  ...new Set(sources.filter(([, , mark]) => mark !== 0).map(([index]) => index)),
];

/** The supporting sources, with those last of which another statement is deprecated. */
export const sourcesByReliability = ({ sources }: Pick<ExplorerModel, "sources">, row: Row): number[] =>
  supportingSources(row).toSorted((a, b) => Number(sources[a]?.isContradicted ?? false) - Number(sources[b]?.isContradicted ?? false));

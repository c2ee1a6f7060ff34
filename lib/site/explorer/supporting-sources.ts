import type { ExplorerModel, Row } from "./explorer-model.ts";

/** Indexes of the sources that support a row: its own, and those cited beside it that do not merely mention its subject. */
export const supportingSources = ({ sources = [] }: Pick<Row, "sources">): number[] => [
  ...new Set(sources.filter(([, , mark]) => mark !== 0).map(([index]) => index)),
];

/** Compares sources by index, the more reliable first. */
export const compareSources =
  ({ sources }: Pick<ExplorerModel, "sources">) =>
  (a: number, b: number): number =>
    (sources[a]?.weakness ?? 0) - (sources[b]?.weakness ?? 0);

/** The supporting sources, the most reliable first. */
export const sourcesByReliability = (model: Pick<ExplorerModel, "sources">, row: Row): number[] =>
  supportingSources(row).toSorted(compareSources(model));

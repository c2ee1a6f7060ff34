import type { ExplorerModel } from "./explorer-model.ts";

/** The short name of a source. */
export const sourceName = (model: Pick<ExplorerModel, "sources">, source: number): string => {
  const known = model.sources[source];
  return known?.by || (known?.title ?? "");
};

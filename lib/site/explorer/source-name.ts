import type { ExplorerModel, ShownSource } from "./explorer-model.ts";

/** The short name of a source. */
export const sourceName = (model: Pick<ExplorerModel, "sources">, source: number): string => {
  const known = model.sources[source];
  return known?.by || (known?.title ?? "");
};

/** The title of a work with its short name, as a quotation if it was read in the work. */
export const sourceTitle = ({ title, by, isTitleInferred }: ShownSource): string =>
  by === "" ? title : `${isTitleInferred ? title : `“${title}”`} (${by})`;

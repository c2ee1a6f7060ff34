import type { ExplorerModel, ShownSource } from "./explorer-model.ts";

/** The short name of a source. */
export const sourceName = (model: Pick<ExplorerModel, "sources">, source: number): string => {
  const known = model.sources[source];
  return known?.by || (known?.title ?? "");
};

/** The title of a work, with its short name; only that name if the title was not read in the work. */
export const sourceTitle = ({ title, by, isTitleInferred }: ShownSource): string =>
  by === "" ? title : isTitleInferred ? by : `“${title}” (${by})`;

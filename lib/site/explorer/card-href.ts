import type { ExplorerModel } from "./explorer-model.ts";
import { pageSlug } from "./page-slug.ts";
import { rowHref } from "./row-anchor.ts";

/** The address of the card of a row, or else of the row in the explorer. */
export const cardHref = ({ cards, table }: Pick<ExplorerModel, "cards" | "table">, id: string): string =>
  cards === undefined ? rowHref(table, id) : `${cards}${pageSlug(id)}/`;

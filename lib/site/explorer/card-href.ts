import type { ExplorerModel } from "./explorer-model.ts";
import { pageSlug } from "./page-slug.ts";
import { rowHref } from "./row-anchor.ts";

/** The card of a row, or else the row on the page that explores it. */
export const cardHref = ({ cards, table }: Pick<ExplorerModel, "cards" | "table">, id: string): string =>
  cards === undefined ? rowHref(table, id) : `${cards}${pageSlug(id)}/`;

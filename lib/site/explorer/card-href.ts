import type { ExplorerModel, Row } from "./explorer-model.ts";
import { pageSlug } from "./page-slug.ts";

/** The address of the card of a row; undefined if it has none. */
export const cardHref = (
  { cards }: Pick<ExplorerModel, "cards">,
  { id, isWithoutCard }: Pick<Row, "id" | "isWithoutCard">,
): string | undefined => (cards === undefined || isWithoutCard ? undefined : `${cards}${pageSlug(id)}/`);

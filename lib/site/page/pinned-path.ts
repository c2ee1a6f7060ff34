import { rowHref } from "../explorer/row-anchor.ts";
import type { CardPage } from "./card-page.ts";
import { pageVersion } from "./release-page.ts";

type Pinned = Pick<CardPage, "name" | "model" | "row"> & { version: string | null };

/** The permanent address of a statement, in its release. */
export const pinnedPath = (card: Pinned): string => `/${card.name}/${pageVersion(card)}/${rowHref(card.model.table, card.row.id)}`;

import type { Row } from "./explorer-model.ts";

/** The name of a row in a list of others. */
export const rowTitle = ({ cells }: Row): string => cells.slice(0, 2).filter(Boolean).join(" · ");

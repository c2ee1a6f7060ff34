import { rowHref } from "../explorer/row-anchor.ts";
import type { CardPage } from "./card-page.ts";

/** The permanent address of a statement, in its release. */
export const pinnedPath = ({ name, version, model, row }: CardPage): string => `/${name}/${version}/${rowHref(model.table, row.id)}`;

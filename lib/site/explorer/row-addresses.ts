import type { ExplorerModel, Row } from "./explorer-model.ts";
import { pageSlug } from "./page-slug.ts";
import { rowHref } from "./row-anchor.ts";

/** The address of the page of a row's subject; undefined if it has none. */
export function subjectAddress(model: Pick<ExplorerModel, "facets" | "subjects">, row: Pick<Row, "in">): string | undefined {
  const facet = model.facets.findIndex(({ role }) => role === "subject");
  const value = model.facets[facet]?.values[row.in[facet] as number];
  return model.subjects === undefined || value === undefined || value.isWithoutPage
    ? undefined
    : `${model.subjects}${pageSlug(value.value)}/`;
}

/** The address of a row on a page that includes it without scripts: that of its subject, or else one that refers to it. */
export const rowAddress = (model: Pick<ExplorerModel, "table" | "facets" | "subjects">, row: Row): string =>
  `${subjectAddress(model, row) ?? ""}${rowHref(model.table, row.id)}`;

/** Reads the address of each row by its id. */
export function rowAddresses(model: ExplorerModel): (id: string) => string {
  const rows = new Map(model.rows.map((row) => [row.id, row]));
  return (id) => {
    const row = rows.get(id);
    return row ? rowAddress(model, row) : rowHref(model.table, id);
  };
}

import type { Column, LinkTable } from "../../schema/table-plan.ts";

export const linkTableColumns = (link: LinkTable): Column[] =>
  link.columns.map((column) => (column.item ? { ...column, item: undefined as never } : column));

import type { ExplorerColumn, ExplorerModel, Row } from "./explorer-model.ts";

/** The text of a row in its column of a kind; empty if the table has no such column. */
export const cellOf = ({ columns }: Pick<ExplorerModel, "columns">, row: Row, kind: ExplorerColumn["kind"]): string =>
  row.cells[columns.findIndex((column) => column.kind === kind)] ?? "";

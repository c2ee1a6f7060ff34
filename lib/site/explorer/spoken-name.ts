import type { ExplorerModel, Row } from "./explorer-model.ts";

/** The name of a row in the labels of its controls: its first cells, or else its key. */
export function spokenName({ columns }: Pick<ExplorerModel, "columns">, row: Row): string {
  const isStatement = columns.some(({ kind }) => kind === "value");
  const cells = columns.flatMap(({ kind }, i) => (!isStatement || ["subject", "text", "value"].includes(kind) ? [row.cells[i]] : []));
  return (
    cells
      .filter(Boolean)
      .slice(0, isStatement ? 3 : 2)
      .join(", ") || row.id
  );
}

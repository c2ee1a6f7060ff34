import type { ExplorerColumn, Row } from "./explorer-model.ts";
import { humanDate } from "./human-date.ts";

/**
 * The texts of a row that a range filter compares: its cell, and for the date column of statements also the first day of the value, as on
 * the timeline.
 */
export function comparedTexts(columns: readonly ExplorerColumn[], index: number, row: Row): string[] {
  const isOfStatements = columns[index]?.kind === "date" && columns.some(({ kind }) => kind === "value");
  const drawn = isOfStatements && row.days ? humanDate(row.days[0]) : "";
  return [row.cells[index] ?? "", drawn].filter((text) => text !== "");
}

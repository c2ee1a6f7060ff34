import type { ExplorerColumn, Row } from "./explorer-model.ts";
import { humanDate } from "./human-date.ts";

/**
 * The texts of a row that a range is compared with: its cell, and in the date column of statements also the first day of its value, which
 * the timeline shows.
 */
export function comparedTexts(columns: readonly ExplorerColumn[], index: number, row: Row): string[] {
  const isOfStatements = columns[index]?.kind === "date" && columns.some(({ kind }) => kind === "value");
  const drawn = isOfStatements && row.days ? humanDate(row.days[0]) : "";
  return [row.cells[index] ?? "", drawn].filter((text) => text !== "");
}

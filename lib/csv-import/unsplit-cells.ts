import type { CsvRow } from "../ports/ports.ts";

const OTHER_SEPARATORS: [RegExp, string][] = [
  [/(?<=\S)\s{2,}(?=\S)/g, "spaces"],
  [/\^/g, '"^"'],
  [/~/g, '"~"'],
  [/¦/g, '"¦"'],
  [/::/g, '"::"'],
  [/;/g, "semicolons"],
  [/\t/g, "tabs"],
  [/\|/g, '"|"'],
  [/:/g, "colons"],
  // Whole rows in quotes.
  [/,/g, "commas"],
];

/** Words and numbers separated by single spaces, as printed by a program. */
const WORDS = /^\S+( \S+){2,}$/;
const hasNumber = (text: string): boolean => text.split(" ").some((word) => /^-?[\d.]+$/.test(word));

/** The likely separator of a table that was read as one column: every row contains it as often as the header. */
export function unsplitCells(header: string, rows: readonly CsvRow[]): string | undefined {
  const [, name] =
    OTHER_SEPARATORS.find(([separator]) => {
      const count = (text = ""): number => text.trim().match(separator)?.length ?? 0;
      return count(header) > 0 && rows.length > 0 && rows.every(({ cells }) => count(cells[0]) === count(header));
    }) ?? [];
  if (name !== undefined) return name;
  const words = (text = ""): number => (WORDS.test(text.trim()) ? text.trim().split(" ").length : 0);
  const areWords = words(header) > 2 && rows.length > 0 && rows.every(({ cells }) => words(cells[0]) === words(header));
  return areWords && rows.every(({ cells: [cell = ""] }) => hasNumber(cell.trim())) ? "spaces" : undefined;
}

/** A note on a table that was read as one column, if other characters separate its cells. */
export function unsplitCellsNotes(header: string, rows: readonly CsvRow[]): string[] {
  const separator = unsplitCells(header, rows);
  if (separator === undefined) return [];
  return [
    separator === "commas"
      ? "Each row was read as one cell, because quotation marks surround it. If commas separate its cells, delete these marks"
      : `The file was read as one column. If ${separator} separate its cells, save it with commas, semicolons, tabs or vertical bars`,
  ];
}

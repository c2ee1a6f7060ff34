import type { CsvRow } from "../ports/ports.ts";

const OTHER_SEPARATORS: [RegExp, string][] = [
  [/(?<=\S)\s{2,}(?=\S)/g, "spaces"],
  [/\^/g, '"^"'],
  [/~/g, '"~"'],
  [/¦/g, '"¦"'],
  [/::/g, '"::"'],
];

/** A separator that is not read, if every row of a table of one column contains it as often as the header. */
export function unsplitCells(header: string, rows: readonly CsvRow[]): string | undefined {
  const [, name] =
    OTHER_SEPARATORS.find(([separator]) => {
      const count = (text = ""): number => text.trim().match(separator)?.length ?? 0;
      return count(header) > 0 && rows.length > 0 && rows.every(({ cells }) => count(cells[0]) === count(header));
    }) ?? [];
  return name;
}

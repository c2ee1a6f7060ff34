import type { CsvTable } from "../../../lib/ports/ports.ts";

/** A CSV in memory: lines of cells without quotes. */
export const csvOf = (text: string, delimiter = ","): CsvTable => ({
  delimiter,
  async *rows() {
    for (const [i, line] of text.split("\n").entries()) yield { line: i + 1, cells: line.split(delimiter) };
  },
});

import type { CsvRow } from "../ports/ports.ts";
import { isBlankRow } from "./is-blank-row.ts";

/** A line of hyphens that a program draws below the names of columns. */
const UNDERLINE = /^\s*[-=]{2,}([+ ]+[-=]{2,})+\s*$/;
/** Other lines that a program draws between the rows of a table, or above each record. */
const DRAWN = /^\s*(\+([-=]{2,}\+)+|[┌├╔┏╭][─━═┬┼╦┳╪]+[┐┤╗┓╮]|\*{5,} 1\. row \*{5,}|-\[ RECORD 1 \]-*(\+-+)?)\s*$/;
/** A cell of such a line, where it is split as the table is. */
const DRAWN_CELL = /^\s*:?-{2,}(\+-+)*:?\s*$/;
/** Number of lines from the header on in which drawn lines are looked for. */
const MAX_LINES = 5;

/** Whether a row has a vertical bar at each end, as rows of a drawn table have. */
const isBetweenBars = ({ cells }: CsvRow, delimiter: string): boolean =>
  delimiter === "|" && cells.length > 2 && cells[0] === "" && cells.at(-1) === "";

/** Whether the gaps of a line are below those between the names of columns. */
function isBelowNames(line: string, names: string): boolean {
  const gaps = [...line.trimEnd().matchAll(/(?<=[-=])[+ ]+/g)];
  const isAligned = gaps.every(({ 0: gap, index }) => /^[ |]+$/.test(names.slice(index, index + gap.length)));
  // Characters two columns wide, as in Chinese, are not aligned by their number.
  return isAligned || names.trim().split(/\s*\|\s*|\s{2,}/).length === gaps.length + 1;
}

/** Finds lines that a program drew in a table, which is then not a CSV. A record that resembles such a line is not taken for one. */
export class DrawnLines {
  readonly #lastLine: number;
  readonly #delimiter: string;
  #above: CsvRow | undefined;

  constructor(headerLine: number, delimiter: string) {
    this.#lastLine = headerLine + MAX_LINES;
    this.#delimiter = delimiter;
  }

  /** Takes the rows of the file in order. */
  isDrawn(row: CsvRow): boolean {
    if (row.line > this.#lastLine || isBlankRow(row)) return false;
    const above = this.#above;
    this.#above = row;
    if (row.cells.length > 1)
      return (
        [row, above ?? row].every((one) => isBetweenBars(one, this.#delimiter)) &&
        row.cells.slice(1, -1).every((cell) => DRAWN_CELL.test(cell))
      );
    const [line = ""] = row.cells;
    return DRAWN.test(line) || (UNDERLINE.test(line) && (!above || isBelowNames(line, above.cells.join(this.#delimiter))));
  }
}

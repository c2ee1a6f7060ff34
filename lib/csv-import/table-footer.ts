import type { CsvRow } from "../ports/ports.ts";
import { filledCells } from "./filled-cells.ts";
import { isBlankRow } from "./is-blank-row.ts";
import { TOTAL_WORDS } from "./total-words.ts";

const NOTE = /\s|^[*#†‡¹²³]|^(source|note|quelle)/i;

/**
 * Buffers rows that may be notes below a table: they are notes if no record follows, otherwise records. The first such row
 * has a single cell with several words.
 */
export class TableFooter {
  #rows: CsvRow[] = [];
  #afterBlank = false;
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
  }

  /** Adds a row; returns the rows that are now known to be part of the table. */
  *pass(row: CsvRow): Generator<CsvRow> {
    if (isBlankRow(row)) {
      this.#afterBlank = true;
      if (this.#rows.length === 0) yield row;
      else this.#rows.push(row);
      return;
    }
    if (this.#isNote(row)) this.#rows.push(row);
    else {
      yield* this.#rows.splice(0);
      yield row;
    }
    this.#afterBlank = false;
  }

  #isNote(row: CsvRow): boolean {
    if (this.#width < 2) return false;
    const isShort = row.cells.length < this.#width;
    if (this.#rows.length > 0) return isShort || filledCells(row) === 1;
    const isPadded = this.#afterBlank || this.#width > 2;
    return filledCells(row) === 1 && row.cells[0] !== "" && NOTE.test(row.cells[0] ?? "") && (isShort || isPadded);
  }

  /** The notes below the table. */
  get notes(): CsvRow[] {
    return this.#rows.filter((row) => !isBlankRow(row));
  }
}

/** Further words for a total or a mean. Rows in the middle of a table may have them as values. */
const LAST_ROW_WORDS = "sub-?totals?|sum|all|somme|suma|average|mean|median|mittelwert|durchschnitt|moyenne|promedio";

const TOTAL = new RegExp(`^(${TOTAL_WORDS}|${LAST_ROW_WORDS})(?![\\p{L}\\p{N}_]).{0,30}$`, "iu");

/** "All Saints Church" is a name, "Gesamt Deutschland" a total: capitals alone do not distinguish them. */
const MAY_BE_NAME = /^\S+\s+\p{Lu}/u;
/** A number, also with a sign, currency or unit, or a mark for a missing number. */
const NUMBER = /^[-+(]?\s*(\p{Sc}|[A-Z]{3})?\s*[\d.,'’\s]*\d[\d.,'’\s]*(%|\p{Sc}|[A-Z]{3}|\p{Ll}{1,3})?\)?$|^(n\/?a|[-–—])$/iu;

/** Whether a row looks like a total or a mean of the rows above. If its first cell may be a name, all its other cells must be numbers. */
export const isTableFooterTotal = ({ cells }: CsvRow): boolean => {
  const [first = "", ...others] = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (first.length > 40) return false;
  if (/\s(sub-?)?totals?$/i.test(first)) return true;
  return TOTAL.test(first) && (!MAY_BE_NAME.test(first) || others.every((cell) => NUMBER.test(cell)));
};

import type { CsvRow } from "../ports/ports.ts";
import { filledCells } from "./filled-cells.ts";
import { Occurrences } from "./occurrences.ts";
import { quoteCell } from "./quote-cell.ts";
import { isTableFooterTotal } from "./table-footer.ts";
import { TOTAL_WORDS } from "./total-words.ts";

const BECAME = "It became a record: if";
const RULE = /^[-=_+:]{2,}$/;
const SUBTOTAL = /^(sub-?\s?total|zwischensumme|sous-total|subtotaal|subtotale|промежуточный итог|小计|小計)/iu;

const TOTAL = new RegExp(`^(${TOTAL_WORDS})$`, "iu");

/** Finds rows that are probably not records. They still become records, with a note. */
export class OddRows {
  readonly #headers: readonly string[];
  readonly #repeated = new Occurrences();
  readonly #repeatedLines = new Set<number>();
  readonly #rules = new Occurrences();
  readonly #subtotals = new Occurrences();
  /** Rows with a total in a column, by column: it may be a category of all of them. */
  readonly #totals = new Map<number, Occurrences>();
  readonly #headings = new Occurrences();
  #withoutFirst = 0;
  #first: CsvRow | undefined;
  #last: CsvRow | undefined;

  constructor(headers: readonly string[]) {
    this.#headers = headers.map((header) => header.trim());
  }

  add(row: CsvRow): void {
    // The last row has notes of its own.
    if (this.#last) this.#count(this.#last);
    this.#first ??= row;
    this.#last = row;
    if ((row.cells[0] ?? "").trim() === "") this.#withoutFirst += 1;
    if (!this.#isHeader(row)) return;
    this.#repeated.add(row.cells[0] ?? "", row.line);
    this.#repeatedLines.add(row.line);
  }

  #count(row: CsvRow): void {
    const { cells, line } = row;
    const first = cells.find((cell) => cell !== "") ?? "";
    const total = cells.findIndex((cell) => TOTAL.test(cell.trim()));
    if (row === this.#first && isRule(cells)) this.#rules.add(first, line);
    else if (SUBTOTAL.test(first.trim())) this.#subtotals.add(first, line);
    else if (total >= 0) this.#addTotal(total, row);
    else if (cells[0] !== "" && filledCells(row) === 1) this.#headings.add(first, line);
  }

  #addTotal(column: number, row: CsvRow): void {
    const isWhole = filledCells(row) >= filledCells(this.#first ?? row);
    const totals = (isWhole ? this.#totals.get(column) : this.#subtotals) ?? new Occurrences();
    if (isWhole) this.#totals.set(column, totals);
    totals.add(row.cells[column] ?? "", row.line);
  }

  /** Whether the other values of a column are categories: in the first rows, each occurs twice or more on average. */
  static #areCategories(column: number, sample: readonly CsvRow[]): boolean {
    const others = sample.map(({ cells }) => (cells[column] ?? "").trim()).filter((cell) => cell !== "" && !TOTAL.test(cell));
    return others.length >= 2 * new Set(others).size;
  }

  #isHeader({ cells }: CsvRow): boolean {
    return cells[0]?.trim() === this.#headers[0] && this.#headers.every((header, i) => header === (cells[i] ?? "").trim());
  }

  /** Whether a row repeats the column names. */
  isRepeated(line: number): boolean {
    return this.#repeatedLines.has(line);
  }

  /** `isMostlyFull`: most cells of all columns have a value. `sample`: the first rows. */
  notes(isMostlyFull: boolean, sample: readonly CsvRow[] = []): string[] {
    const notes = [...this.#headerNotes()];
    const addNote = ({ count, quoted, where }: Occurrences, note: string): void => {
      if (count > 0) notes.push(`${quoted} (${where}) ${note}`);
    };
    addNote(this.#repeated, "repeats the column names, as when files were joined. It became a record: delete it and run this again");
    addNote(this.#rules, "looks like a line drawn below the column names. It became a record: delete it and run this again");
    const totals = [this.#subtotals, ...[...this.#totals].flatMap(([at, found]) => (OddRows.#areCategories(at, sample) ? [] : [found]))];
    for (const found of totals)
      addNote(found, `looks like a total of other rows. ${BECAME} it should not be one, delete it and run this again`);
    const last = this.#last;
    if (!last) return notes;
    if (this.#first !== last && isTableFooterTotal(last))
      notes.push(
        `${quoteCell(last.cells.find((cell) => cell !== "") ?? "")} (line ${last.line}) looks like a total of the rows above. ${BECAME} it should not be one, delete it and run this again`,
      );
    if (!isMostlyFull) return notes;
    // With two columns, the row may just lack a value.
    if (this.#headers.length > 2)
      addNote(
        this.#headings,
        `fills only its first cell. ${BECAME} it is a heading of the rows below, make it a column and run this again`,
      );
    if (last.cells[0] !== "" && filledCells(last) === 1 && !isTableFooterTotal(last))
      notes.push(
        `${quoteCell(last.cells[0] ?? "")} (line ${last.line}) fills only its first cell. ${BECAME} it is a note below the table, delete it and run this again`,
      );
    return notes;
  }

  #headerNotes(): string[] {
    const numbers = headerNumbers(this.#headers);
    const quoted = numbers.slice(0, 3).map(quoteCell).join(", ");
    if (numbers.length > 0)
      return [
        `The first row names the columns, but contains numbers (${quoted}): if it is a record, put a row of names above it and run this again`,
      ];
    const second = this.#secondHeader();
    return second.length > 0
      ? [
          `Line ${this.#first?.line} may name the columns, too (${second.slice(0, 3).map(quoteCell).join(", ")}): if so, write both names into one row, such as "Population 2020", and run this again`,
        ]
      : [];
  }

  /** The first record if it looks like a second header: it names all unclear columns, and only it lacks a first cell. */
  #secondHeader(): string[] {
    const cells = this.#first?.cells.map((cell) => cell.trim()) ?? [];
    const unclear = this.#headers.flatMap((header, i) => (header === "" || this.#headers.indexOf(header, i + 1) >= 0 ? [cells[i]] : []));
    const filled = cells.filter((cell) => cell !== "");
    const areNames = filled.length > 1 && new Set(filled).size === filled.length && unclear.length > 0 && unclear.every(Boolean);
    const isAlone = this.#headers[0] !== "" && cells[0] === "" && this.#withoutFirst === 1;
    return areNames && isAlone ? filled : [];
  }
}

/** Whether all non-empty cells are dashes, as below the header of a Markdown table. */
const isRule = (cells: readonly string[]): boolean => cells.every((cell) => cell === "" || RULE.test(cell.trim()));

/** Numbers among the column names, except years and evenly spaced numbers, which may be names. */
function headerNumbers(headers: readonly string[]): string[] {
  const numbers = headers.filter((header) => /^[-+]?\d+([.,]\d+)?$/.test(header) && !/^(1[5-9]|20|21)\d\d$/.test(header));
  const values = numbers.map((header) => Number(header.replace(",", ".")));
  const steps = new Set(values.slice(1).map((value, i) => value - (values[i] as number)));
  const areNames = numbers.length > 2 && steps.size === 1 && numbers.length < headers.length;
  return areNames ? [] : numbers;
}

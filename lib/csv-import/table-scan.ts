import { plural } from "../contract/plural.ts";
import { characterName } from "../diagnostics/character-name.ts";
import { findDamage } from "../diagnostics/find-damage.ts";
import { findForbiddenCharacter } from "../diagnostics/find-forbidden-character.ts";
import { compareProblems, fileProblem, type Problem } from "../diagnostics/problem.ts";
import { jsonRules } from "../diagnostics/rules/json-rules.ts";
import type { CsvRow, CsvTable } from "../ports/ports.ts";
import { UnreadableLineError } from "../ports/unreadable-line-error.ts";
import { ColumnStatistics } from "./column-statistics.ts";
import type { ColumnType } from "./column-types.ts";
import { DrawnLines } from "./drawn-lines.ts";
import { isBlankRow } from "./is-blank-row.ts";
import { KeyTrial } from "./key-trial.ts";
import { Occurrences, occurrencesOf } from "./occurrences.ts";
import { OddRows } from "./odd-rows.ts";
import { quoteCell } from "./quote-cell.ts";
import { TableFooter } from "./table-footer.ts";
import type { TableStart } from "./table-start.ts";
import { unsplitCellsNotes } from "./unsplit-cells.ts";

const MAX_COLUMNS = 1000;
const MAX_HEADER = 1000;
/** Maximum first columns that are tried as the key, besides columns named like keys. */
const MAX_CANDIDATES = 20;
const SAMPLE_ROWS = 200;
/** Only these cells can have forbidden or damaged characters. */
const NOT_ASCII = /[^ -~]/;
/** Maximum kinds of forbidden or damaged text reported. */
const MAX_CHARACTER_PROBLEMS = 100;

/** A column of a file, with its statistics. */
export interface ScannedColumn {
  header: string;
  statistics: ColumnStatistics;
  /** Whether its cells are unique; undefined if not tried. */
  trial: KeyTrial | undefined;
}

/** The result of reading a file once. */
export interface TableScan {
  /** Line of the row that names the columns. */
  headerLine: number;
  columns: ScannedColumn[];
  rows: number;
  /** Line of the first note below the table; infinite if there is none. */
  endLine: number;
  sample: CsvRow[];
  notes: string[];
}

/** The rows of a table, without titles, notes and empty rows. */
export async function* scanTableRows(table: CsvTable, start: TableStart, endLine: number): AsyncGenerator<CsvRow> {
  const first = start.described.at(-1)?.line ?? start.headerLine;
  for await (const row of table.rows()) {
    if (row.line >= endLine) return;
    if (row.line > first && !isBlankRow(row)) yield row;
  }
}

const isConflictMark = ({ cells: [first = ""] }: CsvRow): boolean => /^<{7}( |$)/.test(first);

const drawnProblem = (file: string, { line }: CsvRow): Problem =>
  inRow(
    file,
    line,
    "This is a table drawn as text, not a CSV",
    "Let the program write CSV (psql --csv, mysql --batch, sqlite3 -csv -header, duckdb -csv).",
  );

const inRow = (file: string, line: number, message: string, remedy: string): Problem => ({ file, line, column: 1, message, remedy });

function headerProblem(file: string, { line, cells }: CsvRow): Problem | undefined {
  const problem = (message: string): Problem => inRow(file, line, message, "The first row names the columns, one short text each.");
  if (cells.length > MAX_COLUMNS) return problem(`The first row has ${cells.length} cells; a table has at most ${MAX_COLUMNS} columns`);
  const long = cells.findIndex((cell) => cell.length > MAX_HEADER);
  return long < 0 ? undefined : problem(`Cell ${long + 1} of the first row has more than ${MAX_HEADER} characters`);
}

/** Reads the rows of a table in order, and collects their problems. */
class Scanner {
  readonly #file: string;
  readonly #start: TableStart;
  /** Forbidden and damaged text, by message. */
  readonly #forbidden = new Map<string, { occurrences: Occurrences; at: number; remedy: string; isCertain: boolean }>();
  readonly #blank = new Occurrences();
  readonly #longer = new Occurrences();
  readonly #tooLong = new Occurrences();
  readonly #tooShort = new Occurrences();
  #shortest = Number.POSITIVE_INFINITY;
  #tooLongCells = 0;
  #longest = 0;
  columns: ScannedColumn[] = [];
  headerLine = 1;
  rows = 0;
  sample: CsvRow[] = [];
  #oddRows: OddRows | undefined;
  footer: TableFooter | undefined;

  constructor(file: string, start: TableStart) {
    this.#file = file;
    this.#start = start;
  }

  get width(): number {
    return this.columns.length;
  }

  /** Reads the next row: above the table, its header, or a record. */
  readNext(row: CsvRow, columnOf: (header: string, index: number) => ScannedColumn): Problem | undefined {
    if (row.line < this.#start.headerLine) return undefined;
    if (!this.footer) return isBlankRow(row) ? undefined : this.#readHeader(row, columnOf);
    if (row.line <= (this.#start.described.at(-1)?.line ?? 0)) return undefined;
    for (const known of this.footer.pass(row)) this.#read(known);
    return undefined;
  }

  #readHeader(row: CsvRow, columnOf: (header: string, index: number) => ScannedColumn): Problem | undefined {
    this.#countForbidden(row);
    const problem = headerProblem(this.#file, row);
    if (problem) return problem;
    this.headerLine = row.line;
    this.columns = row.cells.map(columnOf);
    this.#oddRows = new OddRows(row.cells);
    this.footer = new TableFooter(this.width);
    return undefined;
  }

  #read(row: CsvRow): void {
    const { line, cells } = row;
    if (isBlankRow(row)) {
      this.#blank.add("", line);
      return;
    }
    const isForbidden = this.#countForbidden(row);
    if (cells.length < this.width && !isForbidden) {
      this.#tooShort.add("", line);
      this.#shortest = Math.min(this.#shortest, cells.length);
    } else if (cells.length > this.width) this.#countLonger(row);
    for (let i = 0; i < this.width; i += 1) {
      const { statistics, trial } = this.columns[i] as ScannedColumn;
      statistics.add(cells[i] ?? "", line);
      trial?.add(cells, line);
    }
    this.rows += 1;
    this.#oddRows?.add(row);
    if (this.sample.length < SAMPLE_ROWS) this.sample.push(row);
  }

  #countLonger({ line, cells }: CsvRow): void {
    const isEmpty = cells.slice(this.width).every((cell) => cell === "");
    (isEmpty ? this.#longer : this.#tooLong).add("", line);
    if (isEmpty) return;
    this.#tooLongCells ||= cells.length;
    this.#longest = Math.max(this.#longest, cells.length);
  }

  /** Counts forbidden and damaged text of a row; returns whether any is forbidden. */
  #countForbidden({ line, cells }: CsvRow): boolean {
    let isForbidden = false;
    for (const [i, cell] of cells.entries()) {
      if (!NOT_ASCII.test(cell)) continue;
      const found = findForbiddenCharacter(cell);
      const damage = found === undefined ? findDamage(cell) : undefined;
      if (found !== undefined) {
        isForbidden = true;
        this.#addForbidden(cell, line, i, {
          message: `contains ${characterName(found)}`,
          remedy: "Delete it in the spreadsheet.",
          isCertain: true,
        });
      } else if (damage && damage.found !== "\ufeff") {
        const { message, remedy: inJson = "" } = jsonRules.damagedText(damage);
        const remedy = damage.found === "\r" ? "Write line breaks inside a cell as LF or CRLF." : inJson;
        this.#addForbidden(cell, line, i, { message: message.replace(/^This text /, ""), remedy, isCertain: damage.isCertain });
      }
    }
    return isForbidden;
  }

  #addForbidden(cell: string, line: number, i: number, problem: { message: string; remedy: string; isCertain: boolean }): void {
    const { message, remedy, isCertain } = problem;
    const known = this.#forbidden.get(message) ?? { occurrences: new Occurrences(), at: i + 1, remedy, isCertain };
    if (this.#forbidden.size >= MAX_CHARACTER_PROBLEMS && !this.#forbidden.has(message)) return;
    known.occurrences.add(cell, line);
    this.#forbidden.set(message, known);
  }

  problems(): Problem[] {
    return [...this.#characterProblems(), ...this.#widthProblems()];
  }

  /** Problems of forbidden characters and certain damage, with their lines in the CSV. */
  #characterProblems(): Problem[] {
    return [...this.#forbidden]
      .filter(([, { isCertain }]) => isCertain)
      .map(([message, { occurrences, at, remedy }]) =>
        inRow(
          this.#file,
          occurrences.first?.line ?? 0,
          `Cell ${at} of this row ${message}${occurrences.count > 1 ? ` (and ${plural(occurrences.count - 1, "more cell")})` : ""}`,
          remedy,
        ),
      );
  }

  #widthProblems(): Problem[] {
    const problems: Problem[] = [];
    const others = ({ count }: Occurrences): string => (count > 1 ? `; ${plural(count - 1, "more row")} like it` : "");
    const isOneShort = this.rows > 1 && this.#tooLong.count === this.rows && this.#longest === this.width + 1;
    if (isOneShort)
      problems.push(
        inRow(
          this.#file,
          this.headerLine,
          `This row names ${plural(this.width, "column")}, but all others have ${this.#longest} cells`,
          "Name each column, also the first: write.table of R leaves out the name of the first, which contains row names.",
        ),
      );
    else if (this.#tooLong.count > 0)
      problems.push(
        inRow(
          this.#file,
          this.#tooLong.first?.line ?? 0,
          `This row has ${plural(this.#tooLongCells, "cell")}, but the first row has ${this.width}${others(this.#tooLong)}`,
          "Put quotes around a cell that contains a separator or a line break.",
        ),
      );
    const lost = this.columns.slice(this.#shortest).filter(({ header, statistics }) => header.trim() !== "" || !statistics.isEmpty);
    if (this.#tooShort.count > 0 && lost.length > 0)
      problems.push(
        inRow(
          this.#file,
          this.#tooShort.first?.line ?? 0,
          `This row ends before the last column: cells are missing at its end, or it was broken in two${others(this.#tooShort)}`,
          `Each row has ${this.width} cells, even if the last ones are empty: open the file in a spreadsheet and save it again. Put quotes around a cell that contains a line break.`,
        ),
      );
    return problems;
  }

  notes(): string[] {
    const notes: string[] = [];
    const { title, headerLine, described } = this.#start;
    const below = this.footer?.notes ?? [];
    const shown = (rows: readonly CsvRow[]): string => quoteCell(rows[0]?.cells.find((cell) => cell !== "") ?? "");
    const lines = (rows: readonly CsvRow[]): string => `line ${rows[0]?.line}${rows.length > 1 ? `, and ${rows.length - 1} more` : ""}`;
    if (title.length > 0)
      notes.push(`Skipped above the table: ${shown(title)} (${lines(title)}); the columns are named in line ${headerLine}`);
    if (described.length > 0)
      notes.push(`Skipped: ${shown(described)} (${lines(described)}), which describes the columns for other programs`);
    if (below.length > 0) notes.push(`Skipped below the table: ${shown(below)} (${lines(below)})`);
    if (this.#blank.count > 0) notes.push(`Empty rows were skipped: ${this.#blank.where}`);
    if (this.#longer.count > 0) notes.push(`Empty cells after the last column were skipped: ${this.#longer.where}`);
    if (this.#tooShort.count > 0) notes.push(`Rows without the empty cells at their end were accepted: ${this.#tooShort.where}`);
    if (this.width === 1) notes.push(...unsplitCellsNotes(this.columns[0]?.header ?? "", this.sample));
    notes.push(...(this.#oddRows?.notes(this.#isMostlyFull(), this.sample) ?? []));
    for (const [message, { occurrences, at, remedy, isCertain }] of this.#forbidden)
      if (!isCertain) notes.push(`Cell ${at} of ${occurrences.where} ${message}. ${remedy}`);
    return [...notes, ...this.#misfitNotes(), ...this.#mergedNotes()];
  }

  #isMostlyFull(): boolean {
    const others = this.columns.slice(1).filter(({ statistics }) => !statistics.isEmpty);
    return others.length > 0 && others.every(({ statistics }) => statistics.empty.count * 2 < this.rows);
  }

  /** Notes on rows that do not fit several columns of numbers or days. */
  #misfitNotes(): string[] {
    const odd = new Map<string, Occurrences>();
    for (const { statistics } of this.columns) {
      const almost = statistics.counts.find(({ fits, misfits }) => misfits.count === 1 && fits > 1 && fits === statistics.cells - 1);
      if (almost?.misfits.first && !this.#oddRows?.isRepeated(almost.misfits.first.line))
        occurrencesOf(odd, String(almost.misfits.first.line)).add(almost.misfits.first.cell, almost.misfits.first.line);
    }
    return [...odd.values()]
      .filter(({ count }) => count > 1)
      .map(
        (occurrences) =>
          `Line ${occurrences.first?.line} does not fit ${occurrences.count} columns (${occurrences.quoted}): is it a second header, with units?`,
      );
  }

  /** A note on empty cells that a spreadsheet may have merged with the cell above. */
  #mergedNotes(): string[] {
    const [column, ...others] = this.columns;
    const count = column?.statistics.empty.count ?? 0;
    const isMerged = column && others.length > 0 && this.sample[0]?.cells[0] !== "" && count * 2 > this.rows && !column.statistics.isEmpty;
    return isMerged
      ? [
          `${count} of ${this.rows} cells of the first column are empty (${column.statistics.empty.where}): were they merged with the one above?`,
        ]
      : [];
  }
}

const conflictProblem = (file: string, line: number): Problem =>
  inRow(file, line, "Unresolved merge conflict", "Keep the right rows, and delete the lines with <<<<<<<, ======= and >>>>>>>.");

/** Reads a file once and collects statistics of each column. `describeColumn` returns the possible types of a column by its header. */
export async function scanTable(
  file: string,
  table: CsvTable,
  start: TableStart,
  describeColumn: (header: string, index: number) => { mayBeKey: boolean; types?: readonly ColumnType[] },
): Promise<{ scan?: TableScan; problems: Problem[] }> {
  const scanner = new Scanner(file, start);
  const columnOf = (header: string, index: number): ScannedColumn => {
    const { mayBeKey, types } = describeColumn(header, index);
    return {
      header,
      statistics: new ColumnStatistics(types),
      trial: index < MAX_CANDIDATES || mayBeKey ? new KeyTrial([index], mayBeKey) : undefined,
    };
  };
  const lines = new DrawnLines(start.headerLine, table.delimiter);
  try {
    for await (const row of table.rows()) {
      if (lines.isDrawn(row)) return { problems: [drawnProblem(file, row)] };
      const problem = isConflictMark(row) ? conflictProblem(file, row.line) : scanner.readNext(row, columnOf);
      if (problem) return { problems: [problem] };
    }
  } catch (error) {
    if (!(error instanceof UnreadableLineError)) throw error;
    return { problems: [...scanner.problems(), inRow(file, error.line, error.message, error.remedy)].sort(compareProblems) };
  }
  if (!scanner.footer) return { problems: [fileProblem(file, "The file has no rows", "The first row names the columns.")] };
  const problems = scanner.problems().sort(compareProblems);
  if (problems.length > 0) return { problems };
  const { headerLine, columns, rows, sample, footer } = scanner;
  return {
    problems: [],
    scan: { headerLine, columns, rows, sample, notes: scanner.notes(), endLine: footer.notes[0]?.line ?? Number.POSITIVE_INFINITY },
  };
}

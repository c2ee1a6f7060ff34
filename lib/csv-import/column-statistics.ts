import { findHiddenCharacter } from "../diagnostics/find-hidden-character.ts";
import { isMissingValue } from "../diagnostics/is-missing-value.ts";
import { CELL_PATTERNS, LEADING_ZEROS, NUMBER_FORMS, NUMBER_PATTERNS, YES_AND_NO } from "./cell-patterns.ts";
import { COLUMN_TYPES, type ColumnType } from "./column-types.ts";
import type { DecimalSeparator } from "./file-locale.ts";
import { FormulaGuardCheck } from "./formula-guard-check.ts";
import { isSentinel } from "./is-sentinel.ts";
import { MixedForms } from "./mixed-forms.ts";
import { Occurrences, occurrencesOf } from "./occurrences.ts";
import { provenSeparator } from "./proven-separator.ts";
import { rewritingKind } from "./rewriting-kind.ts";
import { withoutFormulaGuard } from "./without-formula-guard.ts";

/** The number of cells of a column that fit a type. */
export interface TypeCount {
  type: ColumnType;
  fits: number;
  /** At least one cell can only be of this type. */
  isUnambiguous: boolean;
  misfits: Occurrences;
  /** Cells that differ from the text of their value, by kind of difference. */
  rewritten: Map<string, Occurrences>;
}

/** Maximum different texts of an enum. */
const MAX_CHOICES = 10;
/** Longer texts are sentences, not codes or dates. */
const LONG_TEXT = 60;
/** A type that fits fewer than half of this many cells is dropped. */
const TRIAL_CELLS = 1000;
const ASCII = /^[\n -~]*$/;
/** What Excel turns names such as MARCH1 and long numbers into. */
const TURNED =
  /^(\d{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2}|\d\.\d+E\+\d{2})$/;
const SHORTENED = /^\d\.\d{1,5}E\+1\d$/;
const INTERVAL = /^\d{4}[-\d]*\/\d{4}[-\d]*$/;
const PLAIN_NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$/;
/** The form of a day, whether it exists or not. */
const DAY_FORM = /^(\d{4}-\d\d-\d\d|\d{1,2}([./-])\d{1,2}\2\d{4})$/;

/** Days that programs write for a missing day. */
const SENTINEL_DAYS: ReadonlySet<string> = new Set(["0001-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "9999-12-31"]);
const COMPACT_DAY = /^(1[6-9]|20|21)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;
/** Maximum characters of an Excel cell. */
const EXCEL_LENGTH = 32_767;
const QUOTED = /^('.*'|[‘‚].*[’‘]|[“„].*[”“]|«.*»|`.*`)$/su;

/** Statistics of the cells of a column, collected in one pass. */
export class ColumnStatistics {
  counts: TypeCount[];
  readonly patterns = new Map(CELL_PATTERNS.map((pattern) => [pattern, new Occurrences()]));
  /** The different cells; undefined once there are too many. */
  choices: Set<string> | undefined = new Set();
  readonly guards = new FormulaGuardCheck();
  /** Cells that mean a missing value, by text. */
  readonly missing = new Map<string, Occurrences>();
  readonly sentinels = new Map<string, Occurrences>();
  readonly empty = new Occurrences();
  /** Cells that begin or end with white space. */
  readonly spaced = new Occurrences();
  /** Cells that contain an invisible character, by character. */
  readonly invisible = new Map<string, Occurrences>();
  /** Cells that may be codes changed by a spreadsheet: `MARCH1` becomes `1-Mar`, `1E5` becomes `1.00E+05`. */
  readonly turned = new Occurrences();
  /** Numbers of more than 11 digits as a spreadsheet shows them: `5.01234E+12`. */
  readonly shortened = new Occurrences();
  readonly formulas = new Occurrences();
  /** Cells that consist of #, which a spreadsheet shows if a column is too narrow for a number or a day. */
  readonly tooNarrow = new Occurrences();
  /** Cells with exactly the maximum length of Excel. */
  readonly cutOff = new Occurrences();
  /** Cells with quotation marks other than " around them. */
  readonly quotedTexts = new Occurrences();
  readonly mixed = new MixedForms();
  /** Cells that may be a month: `2020-09`. */
  readonly months = new Occurrences();
  /** Cells that may be an interval of years, months or days: `2020/2021`. */
  readonly intervals = new Occurrences();
  /** Cells that contain the separator, and cells where it can only be the decimal separator. */
  readonly containing: Record<DecimalSeparator, Occurrences> = { comma: new Occurrences(), point: new Occurrences() };
  readonly proving: Record<DecimalSeparator, Occurrences> = { comma: new Occurrences(), point: new Occurrences() };
  /** Cells with a value. */
  cells = 0;
  dayForms = 0;
  hasLongText = false;
  hasInnerSpace = false;
  #hasPlainNumber = false;
  #serial = 0;
  #compactDays = 0;
  #epochTimes = 0;

  constructor(types: readonly ColumnType[] = COLUMN_TYPES) {
    this.counts = types.map((type) => ({ type, fits: 0, isUnambiguous: false, misfits: new Occurrences(), rewritten: new Map() }));
  }

  /** All cells are empty. */
  get isEmpty(): boolean {
    return this.cells + this.missing.size === 0;
  }

  /** All cells are digits, without leading zeros that a number would lose. */
  get isPlainDigits(): boolean {
    return this.patterns.get(LEADING_ZEROS)?.count === 0;
  }

  /** All cells are numbers in a form that stays text: with separators, signs, units or currencies. */
  get areNumberForms(): boolean {
    return NUMBER_FORMS.some((form) => (this.patterns.get(form)?.count ?? 0) > 0);
  }

  /** All cells may be Excel serial dates, of 1954 to 2064. */
  get looksSerial(): boolean {
    return this.#serial === this.cells;
  }

  /** All cells may be days written without hyphens: `20240105`. */
  get looksCompact(): boolean {
    return this.#compactDays === this.cells;
  }

  /** All cells may be seconds or milliseconds since 1970, of 2001 to 2033. */
  get looksEpoch(): boolean {
    return this.#epochTimes === this.cells;
  }

  get missingCells(): number {
    return [...this.missing.values()].reduce((sum, { count }) => sum + count, 0);
  }

  add(cell: string, line: number): void {
    if (cell === "") {
      this.empty.add(cell, line);
      return;
    }
    this.guards.add(cell, line);
    this.#addChoice(cell);
    if (isMissingValue(cell)) {
      occurrencesOf(this.missing, cell.trim().toLowerCase()).add(cell, line);
      return;
    }
    this.cells += 1;
    if (cell.length > LONG_TEXT || cell.includes("\n")) this.hasLongText = true;
    if (!this.hasInnerSpace && /\S\s+\S/.test(cell)) this.hasInnerSpace = true;
    this.#countOddities(cell, line);
    const bare = withoutFormulaGuard(cell);
    this.#countDates(bare, line);
    if (bare.startsWith("-99") && isSentinel(bare)) occurrencesOf(this.sentinels, bare).add(bare, line);
    if (SENTINEL_DAYS.has(bare)) occurrencesOf(this.sentinels, bare).add(bare, line);
    this.#countDayNumbers(bare);
    this.mixed.add(bare, line);
    this.#countSeparators(bare, line);
    this.#countPatterns(bare, line);
    for (const count of this.counts) countFit(count, bare, line);
    if (this.cells === TRIAL_CELLS) this.counts = this.counts.filter(({ fits }) => fits * 2 > TRIAL_CELLS);
  }

  #addChoice(cell: string): void {
    if (!this.choices) return;
    this.choices.add(cell);
    if (this.choices.size > MAX_CHOICES || cell.length > LONG_TEXT) this.choices = undefined;
  }

  #countDayNumbers(cell: string): void {
    const { length } = cell;
    if (length < 5) return;
    if (/^[2-5]\d{4}(\.\d+)?$/.test(cell)) this.#serial += 1;
    else if (length === 8 && COMPACT_DAY.test(cell)) this.#compactDays += 1;
    else if ((length === 10 || length === 13) && /^1\d+$/.test(cell)) this.#epochTimes += 1;
  }

  #countOddities(cell: string, line: number): void {
    // A byte order mark is white space only to JavaScript.
    if (/^[^\S\ufeff]|[^\S\ufeff]$/.test(cell)) this.spaced.add(cell, line);
    if (cell.startsWith("=")) this.formulas.add(cell, line);
    else if (cell.startsWith("###") && /^#+$/.test(cell)) this.tooNarrow.add(cell, line);
    if (cell.length === EXCEL_LENGTH) this.cutOff.add(cell, line);
    if (QUOTED.test(cell)) this.quotedTexts.add(cell, line);
    if (cell.length < 16 && SHORTENED.test(cell)) this.shortened.add(cell, line);
    if (cell.length < 16 && TURNED.test(cell)) this.turned.add(cell, line);
    const character = ASCII.test(cell) ? undefined : findHiddenCharacter(cell);
    if (character !== undefined) occurrencesOf(this.invisible, character).add(cell, line);
  }

  #countDates(cell: string, line: number): void {
    const { length } = cell;
    if (length < 7 || length > 21) return;
    if (length === 7 && /^\d{4}-\d\d$/.test(cell)) this.months.add(cell, line);
    else if (length >= 9 && INTERVAL.test(cell)) this.intervals.add(cell, line);
    if (length >= 8 && length <= 10 && DAY_FORM.test(cell)) this.dayForms += 1;
  }

  #countSeparators(cell: string, line: number): void {
    const hasComma = cell.includes(",");
    const hasPoint = cell.includes(".");
    if (hasComma) this.containing.comma.add(cell, line);
    if (hasPoint) this.containing.point.add(cell, line);
    const separator = hasComma || hasPoint ? provenSeparator(cell) : undefined;
    if (separator) this.proving[separator].add(cell, line);
  }

  #countPatterns(cell: string, line: number): void {
    if (this.patterns.size === 0) return;
    if (PLAIN_NUMBER.test(cell)) {
      if (!this.#hasPlainNumber) this.#keepNumberPatterns();
      this.#hasPlainNumber = true;
      // 0 and 1 may mean no and yes.
      if (cell.length > 1 || cell > "1") this.patterns.delete(YES_AND_NO);
      return;
    }
    for (const [pattern, occurrences] of this.patterns)
      if (pattern.cell.test(cell)) occurrences.add(cell, line);
      else if (!pattern.otherwise?.test(cell)) this.patterns.delete(pattern);
  }

  #keepNumberPatterns(): void {
    for (const pattern of this.patterns.keys()) if (!NUMBER_PATTERNS.has(pattern)) this.patterns.delete(pattern);
  }
}

function countFit(count: TypeCount, cell: string, line: number): void {
  const { type, misfits, rewritten } = count;
  const value = type.parse(cell);
  if (value === undefined) {
    misfits.add(cell, line);
    return;
  }
  count.fits += 1;
  count.isUnambiguous ||= type.ambiguous !== undefined && !type.ambiguous.test(cell);
  const kind = rewritingKind(cell, value);
  if (kind !== undefined) occurrencesOf(rewritten, kind).add(cell, line);
}

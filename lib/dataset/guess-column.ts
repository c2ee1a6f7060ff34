import { edtfDays } from "./edtf.ts";
import { isExact } from "./record-text.ts";
import { compileRecord } from "./record-validator.ts";
import type { Schema } from "./table-plan.ts";

type Scalar = string | number | boolean;

/** One way to understand the cells of a column. */
interface Reading {
  /** As people call it. */
  kind: string;
  schema: Schema;
  /** The value of a cell; undefined where it cannot be understood so. */
  read(cell: string): Scalar | undefined;
  /** Cells that look like this may mean something else as well: some other cell has to make it clear. */
  unclear?: RegExp;
  /** One of those that exclude each other: where cells fit two, which one is meant is not known. */
  either?: true;
}

interface Count {
  fits: number;
  clear: boolean;
  misfit?: Cell;
  /** The first cell that is written otherwise in the dataset, and how many are. */
  rewritten?: Cell & { as: string };
  rewrites: number;
}

interface Cell {
  line: number;
  cell: string;
}

/** What is known of a column when all its cells were seen. */
export interface ColumnGuess {
  kind: string;
  schema: Schema;
  /** Every row has a value. */
  required: boolean;
  /** Values are the cells themselves: different cells are different values. */
  verbatim: boolean;
  /** What a person should know of the guess. */
  notes: string[];
  /** The value of a cell; undefined where it has none. */
  read(cell: string): Scalar | undefined;
}

const number = (text: string): number | undefined => {
  const full = text.replace(/^(-?)\./, (_, sign: string) => `${sign}0.`);
  if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(full) || !isExact(full)) return undefined;
  const value = Number(full);
  return Object.is(value, -0) ? undefined : value;
};

const formatted = (format: string): ((cell: string) => string | undefined) => {
  const validate = compileRecord({ type: "string", format });
  return (cell) => (validate(cell) ? cell : undefined);
};

const DAY = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;
/** Days written the other way round, as the calendar has them. With points, the day stands first everywhere. */
const turned =
  (dayFirst: boolean) =>
  (cell: string): string | undefined => {
    const [, first = "", sign, second = "", year] = DAY.exec(cell) ?? [];
    if (!year || (sign === "." && !dayFirst)) return undefined;
    const [day, month] = dayFirst ? [first, second] : [second, first];
    const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    return edtfDays(text) ? text : undefined;
  };

const TRUE_FALSE = new Map([
  ["true", true],
  ["false", false],
]);

/** From the narrowest to the widest: the first that all cells fit is taken. `delimiter` separates the cells of the file. */
function readingsFor(delimiter: string): Reading[] {
  const whole = (cell: string): number | undefined => {
    const value = /^-?\d+$/.test(cell) ? number(cell) : undefined;
    return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
  };
  const comma = (cell: string): number | undefined =>
    whole(cell) ?? (/^-?\d*,\d+$/.test(cell) ? number(cell.replace(",", ".")) : undefined);
  const instant = formatted("date-time");
  const address = formatted("uri");
  const day = { type: "string", format: "date" };
  return [
    { kind: "whole number", schema: { type: "integer" }, read: whole },
    // Where cells are not separated by commas, commas are for decimals, and points may be for thousands.
    { kind: "number", schema: { type: "number" }, read: number, ...(delimiter === ";" ? { unclear: /^-?[1-9]\d{0,2}\.\d{3}$/ } : {}) },
    { kind: "number", schema: { type: "number" }, read: comma, ...(delimiter === ";" ? {} : { unclear: /^-?[1-9]\d{0,2},\d{3}$/ }) },
    { kind: "true or false", schema: { type: "boolean" }, read: (cell) => TRUE_FALSE.get(cell.toLowerCase()) },
    { kind: "day", schema: day, read: (cell) => (/^\d{4}-\d\d-\d\d$/.test(cell) && edtfDays(cell) ? cell : undefined) },
    // Four digits may be a code.
    {
      kind: "date",
      schema: { type: "string", format: "edtf" },
      read: (cell) => (edtfDays(cell) ? cell : undefined),
      unclear: /^\d{4}$/,
    },
    { kind: "day", schema: day, read: turned(true), either: true },
    { kind: "day", schema: day, read: turned(false), either: true },
    {
      kind: "time",
      schema: { type: "string", format: "date-time" },
      read: (cell) => (/^\d{4}-/.test(cell) ? instant(cell) : undefined),
    },
    { kind: "web address", schema: { type: "string", format: "uri" }, read: (cell) => (/^http/i.test(cell) ? address(cell) : undefined) },
  ];
}

/** What people write where they have no value. */
const NOTHING = /^(n\/?a|#n\/a|nan|null|none|-+|[–—?]|\.\.)$/i;

/** Texts of which so few are that they are a list to choose from. */
const MAX_CHOICES = 10;
const CELLS_A_CHOICE = 5;
const MAX_CHOICE_LENGTH = 60;

/** What cells of a column look like that stays text: one at least, where the others look so too, or like what may stand beside. */
interface Look {
  cell: RegExp;
  beside?: RegExp;
  says: string;
}
const PLAIN_NUMBER = /^-?\d+([.,]\d+)?$/;
const LOOKS: readonly Look[] = [
  { cell: /^\d+$/, says: "numbers would lose digits (leading zeros, or more than 15)" },
  { cell: /^\d{1,2}([./-])\d{1,2}\1\d\d$/, says: "days with years of two digits: write 2020-09-15" },
  { cell: /^\d{4}-(\d-\d\d?|\d\d-\d)$/, beside: /^\d{4}-\d\d-\d\d$/, says: "days without their zeros: write 2020-09-05" },
  { cell: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/, says: "times without a time zone: 2020-09-15T12:00:00Z has one" },
  {
    cell: /^-?\d{1,3}([,. ’'\u00a0\u202f]\d{3})+([.,]\d+)?$/,
    beside: PLAIN_NUMBER,
    says: "numbers with separators of thousands: write them without",
  },
  { cell: /^-?\d+(\.\d+)?e[+-]?\d+$/i, beside: PLAIN_NUMBER, says: "numbers that programs cannot hold" },
  { cell: /^-?[\d.,]+\s?[%‰]$/, beside: PLAIN_NUMBER, says: "numbers with a percent sign: write it into the header" },
  {
    cell: /^(-?(\p{Sc}|[A-Z]{3})\s?-?\d[\d.,’' ]*|-?\d[\d.,’' ]*\s?(\p{Sc}|[A-Z]{3}))$/u,
    beside: PLAIN_NUMBER,
    says: "amounts with their currency: write it into the header, or into a column of its own",
  },
  { cell: /^(yes|no)$/i, says: "yes and no: write true and false" },
];
/** A day, in the calendar or not. */
const DAY_FORM = /^\d{4}-\d\d-\d\d$/;

const quoted = (cell: string): string => JSON.stringify(cell.length > 40 ? `${cell.slice(0, 39)}…` : cell);
const more = (count: number): string => (count > 1 ? `, and ${count - 1} more` : "");

/** Takes the cells of one column, and says what they have in common. */
export class ColumnGuesser {
  readonly #readings: Reading[];
  readonly #counts: Count[];
  /** How the cells so far look, all of them, and whether there is one that could not stand beside only. */
  readonly #looks = new Map(LOOKS.map((look) => [look, false]));
  #dayForms = 0;
  readonly #choices = new Set<string>();
  #tooMany = false;
  /** Cells with a value, cells without one, and cells that say so. */
  #cells = 0;
  #empty = 0;
  #nothing = 0;
  #firstNothing: Cell | undefined;

  constructor(delimiter: string) {
    this.#readings = readingsFor(delimiter);
    this.#counts = this.#readings.map(() => ({ fits: 0, clear: false, rewrites: 0 }));
  }

  get isEmpty(): boolean {
    return this.#cells + this.#nothing === 0;
  }

  add(cell: string, line: number): void {
    if (cell === "") {
      this.#empty += 1;
      return;
    }
    this.#choose(cell);
    if (NOTHING.test(cell)) {
      this.#nothing += 1;
      this.#firstNothing ??= { cell, line };
      return;
    }
    this.#cells += 1;
    if (DAY_FORM.test(cell)) this.#dayForms += 1;
    for (const look of this.#looks.keys())
      if (look.cell.test(cell)) this.#looks.set(look, true);
      else if (!look.beside?.test(cell)) this.#looks.delete(look);
    for (const [i, { read, unclear }] of this.#readings.entries()) {
      const count = this.#counts[i] as Count;
      const value = read(cell);
      if (value === undefined) {
        count.misfit ??= { cell, line };
        continue;
      }
      count.fits += 1;
      count.clear ||= unclear !== undefined && !unclear.test(cell) && !/^-?\d+$/.test(cell);
      if (String(value) === cell) continue;
      count.rewritten ??= { cell, line, as: String(value) };
      count.rewrites += 1;
    }
  }

  #choose(cell: string): void {
    if (this.#tooMany) return;
    this.#choices.add(cell);
    this.#tooMany = this.#choices.size > MAX_CHOICES || cell.length > MAX_CHOICE_LENGTH;
  }

  /** What was seen; `asText`: whatever it was, it is text. */
  decide(asText = false): ColumnGuess {
    const found = asText || this.#cells === 0 ? -1 : this.#counts.findIndex((_, i) => this.#fits(i));
    const reading = this.#readings[found];
    if (!reading) return this.#text(asText ? ["kept as text, as asked"] : this.#whyText());
    const { rewritten, rewrites } = this.#counts[found] as Count;
    const notes: string[] = [];
    if (rewritten) notes.push(`${quoted(rewritten.cell)} is read as ${rewritten.as} (line ${rewritten.line}${more(rewrites)})`);
    if (this.#firstNothing)
      notes.push(`${quoted(this.#firstNothing.cell)} is read as no value (line ${this.#firstNothing.line}${more(this.#nothing)})`);
    return {
      kind: reading.kind,
      schema: reading.schema,
      required: this.#empty + this.#nothing === 0,
      verbatim: rewrites === 0,
      notes,
      read: (cell) => (cell === "" || NOTHING.test(cell) ? undefined : reading.read(cell)),
    };
  }

  #allFit(i: number): boolean {
    return this.#counts[i]?.fits === this.#cells;
  }

  /** Cells fit more than one reading of which only one is meant. */
  #ambiguous(): boolean {
    return this.#readings.filter(({ either }, i) => either && this.#allFit(i)).length > 1;
  }

  #fits(i: number): boolean {
    const { unclear, either } = this.#readings[i] as Reading;
    return this.#allFit(i) && (unclear === undefined || this.#counts[i]?.clear === true) && !(either && this.#ambiguous());
  }

  #text(notes: string[]): ColumnGuess {
    const cells = this.#cells + this.#nothing;
    const choices = [...this.#choices];
    const isChoice = !this.#tooMany && choices.length > 1 && cells >= choices.length * CELLS_A_CHOICE;
    return {
      kind: isChoice ? `one of ${choices.length} texts` : "text",
      schema: isChoice ? { type: "string", enum: choices } : { type: "string" },
      required: this.#empty === 0 && cells > 0,
      verbatim: true,
      notes: [
        ...notes,
        ...(isChoice ? [`${choices.map(quoted).join(", ")}; others are refused, until its enum in schema.json names them`] : []),
      ],
      read: (cell) => (cell === "" ? undefined : cell),
    };
  }

  /** Why a column that looks like something else stays text. */
  #whyText(): string[] {
    if (this.#cells === 0) return [];
    if (this.#ambiguous()) return ["kept as text: each may be a day and a month, or a month and a day; write 2020-09-15"];
    const [look] = [...this.#looks].find(([, isSeen]) => isSeen) ?? [];
    if (look) return [`kept as text: ${look.says}`];
    const areDays = this.#dayForms === this.#cells;
    const near = this.#counts
      .map((count, i) => ({ ...count, kind: this.#readings[i]?.kind }))
      .sort((a, b) => b.fits - a.fits)
      .find(({ fits, misfit, kind }) => misfit && (fits * 2 > this.#cells || (areDays && kind === "day")));
    if (!near?.misfit) return [];
    const { kind, fits, misfit } = near;
    return [`kept as text: ${quoted(misfit.cell)} is no ${kind} (line ${misfit.line}${more(this.#cells - fits)})`];
  }
}

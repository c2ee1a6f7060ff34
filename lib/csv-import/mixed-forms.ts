import { type CellPattern, DAY_FORMS, NUMBER_FORMS } from "./cell-patterns.ts";
import { Occurrences } from "./occurrences.ts";

/** Whether all cells are numbers, or all are days, in several notations. */
class Forms {
  readonly #kind: string;
  readonly #plain: CellPattern;
  readonly #patterns: readonly CellPattern[];
  readonly #found = new Map<CellPattern, Occurrences>();
  #last: CellPattern | undefined;
  #isPossible = true;

  constructor(kind: string, plain: RegExp, patterns: readonly CellPattern[]) {
    this.#kind = kind;
    this.#plain = { cell: plain, description: "", remedy: "" };
    this.#patterns = [this.#plain, ...patterns];
  }

  add(cell: string, line: number): void {
    if (!this.#isPossible) return;
    // Most cells of a column are written alike.
    const pattern = this.#last?.cell.test(cell) ? this.#last : this.#patterns.find((form) => form.cell.test(cell));
    this.#last = pattern;
    if (!pattern) this.#isPossible = false;
    else {
      const occurrences = this.#found.get(pattern) ?? new Occurrences();
      occurrences.add(cell, line);
      this.#found.set(pattern, occurrences);
    }
  }

  get notes(): string[] {
    const [first, second] = [...this.#found.values()];
    return this.#isPossible && first && second
      ? [
          `kept as text: ${this.#kind} written in several ways, such as ${first.quoted} (${first.where}) and ${second.quoted} (${second.where}); write them all alike`,
        ]
      : [];
  }
}

/** Why a column of numbers or days is text, if no single form explains it. */
export class MixedForms {
  readonly #forms = [
    new Forms("numbers", /^-?\d+([.,]\d+)?$/, NUMBER_FORMS),
    new Forms("days or times", /^\d{4}-\d\d(-\d\d)?$/, DAY_FORMS),
  ];

  add(cell: string, line: number): void {
    for (const forms of this.#forms) forms.add(cell, line);
  }

  get notes(): string[] {
    return this.#forms.flatMap(({ notes }) => notes).slice(0, 1);
  }
}

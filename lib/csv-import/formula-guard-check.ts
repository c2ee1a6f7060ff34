import { Occurrences } from "./occurrences.ts";
import { GUARDED, withoutFormulaGuard } from "./without-formula-guard.ts";

const UNGUARDED = /^[=+@\t\r]|^-(?![\d.,]|-*$)/;

/**
 * Programs put a ' before text that a spreadsheet would run as a formula, as releases do. A column has such guards if all
 * cells that begin with ' look like it, and no cell that needs a guard lacks one.
 */
export class FormulaGuardCheck {
  #isPossible = true;
  readonly #guarded = new Occurrences();

  add(cell: string, line: number): void {
    if (cell.startsWith("'")) {
      // Quoted text has a second '.
      if (GUARDED.test(cell) && (cell[1] === "'" || !cell.includes("'", 1))) this.#guarded.add(cell, line);
      else this.#isPossible = false;
    } else if (UNGUARDED.test(cell)) this.#isPossible = false;
  }

  get hasGuards(): boolean {
    return this.#isPossible && this.#guarded.count > 0;
  }

  /** Some cells look guarded and others do not, so the ' may belong to the text. */
  get isMixed(): boolean {
    return !this.#isPossible && this.#guarded.count > 0;
  }

  get note(): string {
    const { quoted, where, first } = this.#guarded;
    if (this.isMixed) return `${quoted} keeps its leading ' (${where})`;
    return `${quoted} is read as ${withoutFormulaGuard(first?.cell ?? "")} (${where}): the ' keeps spreadsheets from running a formula`;
  }
}

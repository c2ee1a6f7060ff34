import { Occurrences } from "./occurrences.ts";
import { GUARDED, withoutFormulaGuard } from "./without-formula-guard.ts";

const UNGUARDED = /^[=+@\t\r]|^-(?![\d.,]|-*$)/;

/**
 * Finds formula guards: a ' that programs, also Factpress, put before text that a spreadsheet would run as a formula. A column
 * has guards if every ' at the start of a cell looks like one, and no cell that needs a guard lacks it.
 */
export class FormulaGuardCheck {
  #isPossible = true;
  readonly #guarded = new Occurrences();
  /** Guarded cells, and digits after a ', which a spreadsheet reads as text. */
  readonly #marked = new Occurrences();

  add(cell: string, line: number): void {
    if (cell.startsWith("'")) {
      // Quoted text has a second '.
      const isGuarded = GUARDED.test(cell) && (cell[1] === "'" || !cell.includes("'", 1));
      if (isGuarded) this.#guarded.add(cell, line);
      else this.#isPossible = false;
      if (isGuarded || /^'\d[^']*$/.test(cell)) this.#marked.add(cell, line);
    } else if (UNGUARDED.test(cell)) this.#isPossible = false;
  }

  get hasGuards(): boolean {
    return this.#isPossible && this.#guarded.count > 0;
  }

  /** Some cells look guarded, but others lack a guard, so the ' may belong to the text. */
  get isMixed(): boolean {
    return !this.#isPossible && this.#guarded.count > 0;
  }

  /** Some cells keep a ' that may not belong to the text. */
  get keepsQuotes(): boolean {
    return !this.hasGuards && this.#marked.count > 0;
  }

  get note(): string {
    const { quoted, where, first } = this.#guarded;
    if (this.keepsQuotes)
      return `${this.#marked.quoted} keeps its leading ' (${this.#marked.where}); if a spreadsheet wrote it, delete it in the file`;
    return `${quoted} is read as ${withoutFormulaGuard(first?.cell ?? "")} (${where}): the ' keeps spreadsheets from running a formula`;
  }
}

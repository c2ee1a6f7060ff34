import { KeyIndex } from "../check/key-index.ts";
import { characterName, findHiddenCharacter } from "../diagnostics/character-name.ts";
import { lookAlikeSkeleton } from "../diagnostics/look-alike-skeleton.ts";
import { quoteCell } from "./quote-cell.ts";

/** Two rows with the same key. */
export interface SameKey {
  cells: readonly string[];
  firstLine: number;
  line: number;
  /** The cells of the first row, if spelt differently. */
  firstCells?: readonly string[];
  count: number;
}

/** Maximum keys kept as written, to show how two of them differ. */
const KEPT = 10_000;

/** Whether the cells of a key are unique in the rows so far, also for people who read them. */
export class KeyTrial {
  readonly indexes: readonly number[];
  #seen: KeyIndex | undefined = new KeyIndex();
  #lines: number[] = [];
  #exact: string[] = [];
  same: SameKey | undefined;
  empty: { index: number; line: number } | undefined;
  /** A cell that people do not see as it is: `check` refuses it in a key. */
  hidden: { cell: string; line: number } | undefined;
  readonly #countsAll: boolean;

  /** `countsAll`: counts all duplicates instead of stopping at the first. */
  constructor(indexes: readonly number[], countsAll = false) {
    this.indexes = indexes;
    this.#countsAll = countsAll;
  }

  get holds(): boolean {
    return this.same === undefined && this.empty === undefined && this.hidden === undefined;
  }

  add(row: readonly string[], line: number): void {
    if (!this.#seen) return;
    const cells = this.indexes.map((i) => row[i] ?? "");
    const at = cells.findIndex((cell) => cell === "" || lookAlikeSkeleton(cell) === "");
    if (at >= 0) this.empty ??= { index: this.indexes[at] as number, line };
    const hidden = cells.find((cell) => cell !== cell.trim() || findHiddenCharacter(cell) !== undefined);
    if (hidden !== undefined) this.hidden ??= { cell: hidden, line };
    const key = cells.length === 1 ? lookAlikeSkeleton(cells[0] as string) : JSON.stringify(cells.map(lookAlikeSkeleton));
    const number = this.#seen.add(key);
    if (number !== undefined) {
      this.#lines[number] = line;
      if (number < KEPT) this.#exact[number] = JSON.stringify(cells);
    } else this.#addDuplicate(key, cells, line);
    if (!this.holds && !this.#countsAll) this.#seen = undefined;
  }

  #addDuplicate(key: string, cells: string[], line: number): void {
    if (this.same) {
      this.same.count += 1;
      return;
    }
    const number = this.#seen?.get(key) ?? 0;
    const exact = this.#exact[number];
    const firstCells = exact === undefined || exact === JSON.stringify(cells) ? undefined : (JSON.parse(exact) as string[]);
    this.same = { cells, line, firstLine: this.#lines[number] ?? 0, count: 1, ...(firstCells ? { firstCells } : {}) };
  }
}

const quoteKey = (cells: readonly string[]): string => cells.map(quoteCell).join(", ");

/** Which rows have the same key: `"S2" stands in lines 3 and 4`. */
export function describeSameKey({ cells, firstLine, line, firstCells, count }: SameKey): string {
  const more = count > 1 ? `, and ${count - 1} more` : "";
  return firstCells
    ? `${quoteKey(firstCells)} (line ${firstLine}) and ${quoteKey(cells)} (line ${line}${more}) look the same to people`
    : `${quoteKey(cells)} is in lines ${firstLine} and ${line}${more}`;
}

/** Why a cell cannot be part of a key: `" 5" (line 26) has a space around it`. */
export function describeHiddenKey({ cell, line }: { cell: string; line: number }): string {
  const character = findHiddenCharacter(cell);
  const what = character === undefined ? "a space around it" : `${characterName(character)} in it`;
  return `${quoteCell(cell)} (line ${line}) has ${what}`;
}

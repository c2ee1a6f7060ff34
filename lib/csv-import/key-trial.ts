import { KeyIndex } from "../check/key-index.ts";
import { findHiddenCharacter } from "../diagnostics/find-hidden-character.ts";
import { lookAlikeSkeleton } from "../diagnostics/look-alike-skeleton.ts";

/** Two rows with the same key. */
export interface SameKey {
  cells: readonly string[];
  firstLine: number;
  line: number;
  /** The cells of the first row, if their spelling differs. */
  firstCells?: readonly string[];
  count: number;
}

/** Maximum keys kept as written, to show in messages how two keys differ. */
const MAX_KEYS = 10_000;

/** Checks whether the cells of a key are unique, also to the eye. */
export class KeyTrial {
  readonly indexes: readonly number[];
  #seen: KeyIndex | undefined = new KeyIndex();
  #lines: number[] = [];
  #exact: string[] = [];
  same: SameKey | undefined;
  empty: { index: number; line: number } | undefined;
  /** A cell with a hidden character or surrounding space, which `check` refuses in a key. */
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
      if (number < MAX_KEYS) this.#exact[number] = JSON.stringify(cells);
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

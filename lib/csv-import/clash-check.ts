import { KeyIndex } from "../check/key-index.ts";
import type { InferredColumn } from "./infer-column.ts";
import type { LocatedCell } from "./occurrences.ts";
import { valueText } from "./value-text.ts";

/** Maximum spellings kept for messages; beyond, only line numbers are kept. */
const MAX_CLASHES = 10_000;

/** Two different cells of a column with the same value. */
export interface Clash {
  value: string;
  first: { line: number; cell?: string };
  second: LocatedCell;
}

/** Finds different cells of a column that have the same value. */
export class ClashCheck {
  readonly #read: InferredColumn["read"];
  readonly #values = new KeyIndex();
  readonly #cells = new KeyIndex();
  readonly #lines: number[] = [];
  readonly #spellings: string[] = [];
  clash: Clash | undefined;

  constructor({ read }: Pick<InferredColumn, "read">) {
    this.#read = read;
  }

  add(cell: string, line: number): void {
    if (this.clash) return;
    const value = this.#read(cell);
    if (value === undefined || this.#cells.add(cell) === undefined) return;
    const text = valueText(value);
    const number = this.#values.add(text);
    if (number === undefined) {
      const known = this.#values.get(text) as number;
      const spelling = this.#spellings[known];
      this.clash = {
        value: text,
        first: { line: this.#lines[known] as number, ...(spelling === undefined ? {} : { cell: spelling }) },
        second: { cell, line },
      };
      return;
    }
    this.#lines[number] = line;
    if (number < MAX_CLASHES) this.#spellings[number] = cell;
  }
}

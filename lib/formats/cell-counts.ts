import type { EncoderRef, TablePart } from "./format.ts";

/** The encoder whose output `CellCounts` adds up. */
export const CELL_COUNTS_ENCODER: EncoderRef = { name: "cell-counts" };

/** Numbers of records in which a column has a value, and in which it is an empty text. */
interface CellCount {
  filled: number;
  empty: number;
}

const isCount = (number: unknown): number is number => Number.isSafeInteger(number) && (number as number) >= 0;

/** Counts the records of a table and, by column, their values. Batches may be added in any order. */
export class CellCounts {
  #records = 0;
  readonly #columns: CellCount[];

  constructor(columns: number) {
    this.#columns = Array.from({ length: columns }, () => ({ filled: 0, empty: 0 }));
  }

  /** Restores counts from `numbers`; undefined if these do not match the number of columns. */
  static ofNumbers(columns: number, numbers: readonly unknown[]): CellCounts | undefined {
    if (numbers.length !== 2 * columns + 1 || !numbers.every(isCount)) return undefined;
    const counts = new CellCounts(columns);
    counts.#records = numbers[0] as number;
    for (const [i, count] of counts.#columns.entries())
      Object.assign(count, { filled: numbers[2 * i + 1], empty: numbers[2 * i + 2] } satisfies Record<keyof CellCount, unknown>);
    return counts;
  }

  /** The number of records, followed by the two counts of each column. */
  get numbers(): number[] {
    return [this.#records, ...this.#columns.flatMap(({ filled, empty }) => [filled, empty])];
  }

  get records(): number {
    return this.#records;
  }

  /** By column, in the order of the plan. */
  get columns(): readonly Readonly<CellCount>[] {
    return this.#columns;
  }

  /** Adds a part of the encoder. */
  add({ rows, chunks }: Pick<TablePart, "rows" | "chunks">): void {
    this.#records += rows;
    for (const chunk of chunks) {
      const numbers = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      for (const [i, count] of this.#columns.entries()) {
        count.filled += numbers.getUint32(8 * i, true);
        count.empty += numbers.getUint32(8 * i + 4, true);
      }
    }
  }
}

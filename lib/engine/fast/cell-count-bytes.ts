import type { TablePart } from "../../formats/format.ts";
import type { Labels } from "../../formats/labels.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { TablePlan } from "../../schema/table-plan.ts";
import type { PartMemory } from "../part-memory.ts";
import type { ByteEncoder } from "./byte-encoder.ts";
import type { ReadingState } from "./reading-state.ts";

const NUMBER_BYTES = 4;

/** Counts of values by column, by the kernel (assembly/cell-counts.ts): the number of records, then the numbers that the encoder writes. */
export class CellCountBytes implements ByteEncoder {
  readonly #table: string;
  readonly #kernel: Kernel;
  readonly #size: number;
  readonly #address: number;

  constructor({ name, columns }: Pick<TablePlan, "name" | "columns">, _labels: Labels, { kernel, slots }: ReadingState) {
    this.#table = name;
    this.#kernel = kernel;
    const columnsAt = kernel.put(Uint32Array.from(columns, ({ path }) => slots.add(path)));
    this.#size = NUMBER_BYTES * (1 + 2 * columns.length);
    this.#address = kernel.reserveZero(this.#size);
    kernel.code.openCellCounts(columnsAt, columns.length, this.#address);
  }

  get #bytes(): Buffer {
    return this.#kernel.bytes.subarray(this.#address, this.#address + this.#size);
  }

  addEncoded(parts: readonly TablePart[]): void {
    for (const { rows, chunks } of parts) {
      this.#increase(0, rows);
      for (const chunk of chunks) {
        const numbers = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        for (let at = 0; at < chunk.length; at += NUMBER_BYTES) this.#increase(NUMBER_BYTES + at, numbers.getUint32(at, true));
      }
    }
  }

  #increase(at: number, by: number): void {
    const bytes = this.#bytes;
    bytes.writeUInt32LE(bytes.readUInt32LE(at) + by, at);
  }

  take(memory: PartMemory): TablePart[] {
    const bytes = this.#bytes;
    const rows = bytes.readUInt32LE(0);
    const part = { table: this.#table, rows, chunks: rows > 0 ? [memory.copy(bytes.subarray(NUMBER_BYTES))] : [] };
    this.clear();
    return [part];
  }

  clear(): void {
    this.#bytes.fill(0);
  }
}

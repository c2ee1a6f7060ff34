import type { Kernel } from "../../kernel/kernel.ts";
import type { PartMemory } from "../part-memory.ts";
import { ByteWriter, viewOf } from "./byte-writer.ts";

const COMMA = 0x2c;
const NEWLINE = 0x0a;

/** The canonical texts of the records of a batch, one after the other with `,` and a line break between them: a list without brackets. */
export class Lines {
  readonly #kernel: Kernel;
  readonly #out = new ByteWriter();
  /** Records of the batch that stand there as they are to be written, with `,` and a line break between them; not yet copied. */
  #keptFrom = 0;
  #keptTo = 0;
  /** Where each record starts and ends. */
  #bounds = new Int32Array(1024);
  #count = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#out.length = 0;
    this.#count = 0;
    this.#keptFrom = 0;
    this.#keptTo = 0;
  }

  /** Adds a canonical text. One that is `isPassing` is overwritten by the next; others stand in the batch. */
  keep(start: number, end: number, isPassing: boolean): void {
    const batch = this.#kernel.bytes;
    const goesOn = start === this.#keptTo + 2 && batch[start - 2] === COMMA && batch[start - 1] === NEWLINE && this.#keptTo > 0;
    if (!goesOn || isPassing) {
      this.#separate();
      this.#keptFrom = start;
    }
    this.#keptTo = end;
    const length = this.#out.length - this.#keptFrom;
    this.#addBounds(length + start, length + end);
    if (isPassing) this.#copyKept();
  }

  /** Adds a record with a text of its own. */
  add(text: Uint8Array): void {
    this.#separate();
    const start = this.#out.length;
    this.#out.copy(text, 0, text.length);
    this.#addBounds(start, this.#out.length);
  }

  #separate(): void {
    this.#copyKept();
    if (this.#count === 0) return;
    this.#out.byte(COMMA);
    this.#out.byte(NEWLINE);
  }

  #addBounds(start: number, end: number): void {
    if (this.#count * 2 === this.#bounds.length) {
      const bounds = new Int32Array(this.#bounds.length * 2);
      bounds.set(this.#bounds);
      this.#bounds = bounds;
    }
    this.#bounds[this.#count * 2] = start;
    this.#bounds[this.#count * 2 + 1] = end;
    this.#count += 1;
  }

  #copyKept(): void {
    if (this.#keptTo > 0) this.#out.copy(this.#kernel.bytes, this.#keptFrom, this.#keptTo);
    this.#keptTo = 0;
  }

  /** The records as they stand in a JSON list. */
  json(memory: PartMemory): Uint8Array[] {
    if (this.#count === 0) return [];
    this.#copyKept();
    return [memory.copy(viewOf(this.#out.bytes, 0, this.#out.length))];
  }

  /** The records, each with a line break after it. */
  ndjson(memory: PartMemory): Uint8Array[] {
    if (this.#count === 0) return [];
    this.#copyKept();
    const { bytes, length } = this.#out;
    // Each record but the last loses the comma after it; the last gets a line break.
    const lines = memory.take(length - this.#count + 2);
    let at = 0;
    for (let i = 0; i < this.#count; i += 1) {
      const [start, end] = [this.#bounds[i * 2] as number, this.#bounds[i * 2 + 1] as number];
      lines.set(viewOf(bytes, start, end), at);
      at += end - start;
      lines[at++] = NEWLINE;
    }
    return [lines];
  }

  /** The records as texts, for what reads no bytes. */
  texts(): string[] {
    this.#copyKept();
    return Array.from({ length: this.#count }, (_, i) =>
      this.#out.bytes.toString("utf8", this.#bounds[i * 2] as number, this.#bounds[i * 2 + 1] as number),
    );
  }
}

import type { ByteWriter } from "./byte-writer.ts";

/** The canonical texts of the records of a batch, one after the other with `,` and a line break between them: a list without brackets. */
export class Lines {
  readonly #out: ByteWriter;
  /** Where each record starts and ends. */
  #bounds = new Int32Array(1024);
  #count = 0;

  /** Records are written to `out` by somebody else. */
  constructor(out: ByteWriter) {
    this.#out = out;
  }

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#out.length = 0;
    this.#count = 0;
  }

  /** Prepares for the next record; it starts where `out` ends. */
  start(): void {
    if (this.#count === 0) return;
    this.#out.byte(0x2c);
    this.#out.byte(0x0a);
  }

  /** Says that a record was written from an offset on. */
  end(start: number): void {
    if (this.#count * 2 === this.#bounds.length) {
      const bounds = new Int32Array(this.#bounds.length * 2);
      bounds.set(this.#bounds);
      this.#bounds = bounds;
    }
    this.#bounds[this.#count * 2] = start;
    this.#bounds[this.#count * 2 + 1] = this.#out.length;
    this.#count += 1;
  }

  /** The records as they stand in a JSON list. */
  json(): Uint8Array[] {
    return this.#count === 0 ? [] : [new Uint8Array(this.#out.bytes.subarray(0, this.#out.length))];
  }

  /** The records, each with a line break after it. */
  ndjson(): Uint8Array[] {
    if (this.#count === 0) return [];
    const { bytes, length } = this.#out;
    // Each record but the last loses the comma after it; the last gets a line break.
    const lines = new Uint8Array(length - this.#count + 2);
    let at = 0;
    for (let i = 0; i < this.#count; i += 1) {
      const [start, end] = [this.#bounds[i * 2] as number, this.#bounds[i * 2 + 1] as number];
      lines.set(bytes.subarray(start, end), at);
      at += end - start;
      lines[at++] = 0x0a;
    }
    return [lines];
  }

  /** The records as texts, for what reads no bytes. */
  texts(): string[] {
    return Array.from({ length: this.#count }, (_, i) =>
      this.#out.bytes.toString("utf8", this.#bounds[i * 2] as number, this.#bounds[i * 2 + 1] as number),
    );
  }
}

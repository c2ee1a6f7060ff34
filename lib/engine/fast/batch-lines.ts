import type { Kernel } from "../../kernel/kernel.ts";
import { KernelSink } from "../../kernel/kernel-sink.ts";
import type { PartMemory } from "../part-memory.ts";

/** Arguments of lib/kernel/assembly/batch-texts.ts: characters in the order of memory, and their number. */
const SEPARATORS = { json: [0x0a2c, 2], ndjson: [0x0a, 1] } as const;
/** Size of the start and end of a text. */
const BOUNDS_BYTES = 8;

/** The canonical texts of the records of a batch, in the memory of the kernel, which adds those that it reads itself. */
export class BatchLines {
  readonly #kernel: Kernel;
  /** Start and end of each text. */
  readonly #bounds: KernelSink;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#bounds = new KernelSink(kernel);
    kernel.code.openBatchTexts(this.#bounds.address);
  }

  get count(): number {
    return this.#bounds.length / BOUNDS_BYTES;
  }

  clear(): void {
    this.#kernel.code.clearBatchTexts();
  }

  /** Adds a text that stays in memory until the next batch. */
  add(start: number, end: number): void {
    this.#kernel.code.addBatchText(start, end);
  }

  /** The records as in a JSON array. */
  json(memory: PartMemory): Uint8Array[] {
    if (this.count === 0) return [];
    if (this.#kernel.code.areBatchTextsTogether() === 0) return [this.#joined("json", memory)];
    const bounds = this.#bounds.view();
    return [memory.copy(this.#kernel.bytes.subarray(bounds.readUInt32LE(0), bounds.readUInt32LE(bounds.length - 4)))];
  }

  /** The records, each followed by a line break. */
  ndjson(memory: PartMemory): Uint8Array[] {
    return this.count === 0 ? [] : [this.#joined("ndjson", memory)];
  }

  /** The texts, with a separator after each or only between them. */
  #joined(kind: keyof typeof SEPARATORS, memory: PartMemory): Uint8Array {
    const [separator, bytes] = SEPARATORS[kind];
    const { code } = this.#kernel;
    return this.#kernel.within(() => {
      const out = this.#kernel.reserve(code.batchTextsLength() + bytes * this.count);
      const end = code.joinBatchTexts(out, separator, bytes);
      return memory.copy(this.#kernel.bytes.subarray(out, kind === "json" ? end - bytes : end));
    });
  }

  /** The records as strings, for encoders that do not work on bytes. */
  texts(): string[] {
    const bounds = this.#bounds.words();
    return Array.from({ length: this.count }, (_, i) => this.#kernel.bytes.toString("utf8", bounds[i * 2], bounds[i * 2 + 1]));
  }
}

import { randomInt } from "node:crypto";
import { bytesOf } from "./bytes-of.ts";
import { KERNEL } from "./kernel.generated.ts";
import type { KernelCode } from "./kernel-code.ts";

const PAGE_BYTES = 1 << 16;
/** Addresses are multiples of this. */
const ALIGNMENT = 16;
/** Maximum number of bytes that a copy writes past its end. */
const SLACK = 16;
const FIRST_SINK_BYTES = 1 << 12;
/**
 * Size of the answer cache for small batches: number of hash table slots, 16 bytes each, and bytes for values and answers. V8 collects
 * all garbage whenever a few dozen megabytes of such memory were reserved, which takes longer than to check a small table.
 */
const ANSWER_SLOTS = 1 << 11;
const ANSWER_BYTES = 1 << 17;
/** How many times as large it is for larger batches, and how many times as large it may become. */
const LARGE_ANSWERS = 16;
const MAX_ANSWERS = 64;

const MODULE = new WebAssembly.Module(Buffer.from(KERNEL, "base64"));

/** Returns the output for the value of an entry on the tape; undefined for no output. */
export type Ask = (entry: number) => Uint8Array | undefined;

/** The routines that are compiled to WebAssembly (assembly/), and the memory that they use. */
export class Kernel {
  readonly code: KernelCode;
  readonly #memory: WebAssembly.Memory;
  readonly #start: number;
  readonly #moved: (() => void)[] = [];
  readonly #askers: Ask[] = [];
  #answerGrowth = 1;
  /** Address of the last answer. */
  #answer = 0;
  #answerCapacity = 0;
  #top: number;
  /** Memory from this address on was never used, so it is zero. */
  #untouched: number;
  #bytes: Buffer;

  constructor() {
    const host = {
      grow: (sink: number, bytes: number) => this.growSink(sink, bytes),
      ask: (asker: number, entry: number) => this.#ask(asker, entry),
    };
    const { exports } = new WebAssembly.Instance(MODULE, { host });
    this.code = exports as unknown as KernelCode;
    this.#memory = this.code.memory;
    this.#bytes = Buffer.from(this.#memory.buffer);
    this.#start = this.code.heapStart();
    this.#top = this.#start;
    this.#untouched = this.#start;
  }

  /** The whole memory. Do not keep it across calls: it is replaced when the memory grows. */
  get bytes(): Buffer {
    // Growing memory detaches its buffer.
    if (this.#bytes.length === 0) this.#look();
    return this.#bytes;
  }

  #look(): void {
    this.#bytes = Buffer.from(this.#memory.buffer);
    for (const run of this.#moved) run();
  }

  /** Registers a function that is called whenever the memory has moved, to recreate views of it. */
  whenMoved(run: () => void): void {
    this.#moved.push(run);
  }

  /** Frees all reserved memory. */
  clear(): void {
    this.#top = this.#start;
  }

  /** Runs a function, then frees the memory that it reserved. */
  within<T>(run: () => T): T {
    const top = this.#top;
    try {
      return run();
    } finally {
      this.#top = top;
    }
  }

  /** Reserves uninitialized bytes; returns their address. */
  reserve(bytes: number): number {
    const address = Math.ceil(this.#top / ALIGNMENT) * ALIGNMENT;
    this.#top = address + bytes;
    this.#untouched = Math.max(this.#untouched, this.#top + SLACK);
    const missing = this.#top + SLACK - this.#bytes.length;
    if (missing > 0) {
      // By half, so that it grows rarely.
      this.#memory.grow(Math.ceil(Math.max(missing, this.#bytes.length / 2) / PAGE_BYTES));
      this.#look();
    }
    return address;
  }

  /** Copies an array to the memory; returns its address. */
  put(array: Uint8Array | Int32Array | Uint32Array | Float64Array): number {
    const bytes = bytesOf(array);
    const address = this.reserve(bytes.length);
    this.#bytes.set(bytes, address);
    return address;
  }

  /** Reserves zeroed bytes; returns their address. */
  reserveZero(bytes: number): number {
    const untouched = this.#untouched;
    const address = this.reserve(bytes);
    if (address < untouched) this.#bytes.fill(0, address, Math.min(untouched, address + bytes));
    return address;
  }

  /** A copy of the bytes between two addresses. */
  take(from: number, to: number): Buffer {
    return Buffer.from(this.#bytes.subarray(from, to));
  }

  /** Makes space for more bytes in a sink. */
  growSink(sink: number, bytes: number): void {
    const [from, length, capacity] = [0, 4, 8].map((offset) => this.#bytes.readUInt32LE(sink + offset)) as [number, number, number];
    const grown = Math.max(FIRST_SINK_BYTES, 2 * capacity, length + bytes);
    const to = this.reserve(grown);
    this.#bytes.copyWithin(to, from, from + length);
    this.#bytes.writeUInt32LE(to, sink);
    this.#bytes.writeUInt32LE(grown, sink + 8);
  }

  /** Registers a callback that returns the output for values. It must depend only on the value, because answers are cached. */
  addAsker(ask: Ask): number {
    if (this.#askers.length === 0) this.#openAnswers();
    return this.#askers.push(ask) - 1;
  }

  /** Enlarges the answer cache for a large batch, or if answers were dropped since the last call. */
  growAnswers(batchBytes: number): void {
    const isDropping = this.code.takeDroppedAnswers() !== 0;
    const isSmall = this.#answerGrowth < LARGE_ANSWERS;
    if (this.#askers.length === 0 || this.#answerGrowth === MAX_ANSWERS) return;
    if (!isDropping && !(isSmall && batchBytes > ANSWER_BYTES)) return;
    this.#answerGrowth = isSmall ? LARGE_ANSWERS : 2 * this.#answerGrowth;
    this.#openAnswers();
  }

  #openAnswers(): void {
    const [slots, bytes] = [ANSWER_SLOTS * this.#answerGrowth, ANSWER_BYTES * this.#answerGrowth];
    // A random seed, so that colliding values cannot be crafted.
    const seed = randomInt(2 ** 31) * 2 + 1;
    this.code.openAnswerCache(this.reserveZero(16 * slots), slots, this.reserve(bytes + SLACK), bytes, seed);
  }

  /** The answer for the value of an entry; valid until the next call. */
  cachedAnswer(asker: number, entry: number): Uint8Array | undefined {
    const address = this.code.cachedAnswer(asker, entry);
    const size = this.#bytes.readInt32LE(address);
    return size < 0 ? undefined : this.#bytes.subarray(address + 4, address + 4 + size);
  }

  /** Stores an answer in the kernel's format: its length, or -1 for no answer, followed by its bytes. */
  #ask(asker: number, entry: number): number {
    const answer = this.#askers[asker]?.(entry);
    const size = answer?.length ?? -1;
    if (size + 4 > this.#answerCapacity) {
      this.#answerCapacity = Math.max(1024, 2 * (size + 4));
      this.#answer = this.reserve(this.#answerCapacity);
    }
    this.#bytes.writeInt32LE(size, this.#answer);
    if (answer) this.#bytes.set(answer, this.#answer + 4);
    return this.#answer;
  }
}

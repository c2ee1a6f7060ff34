import { randomInt } from "node:crypto";
import { KERNEL } from "./kernel.generated.ts";
import type { KernelCode } from "./kernel-code.ts";

const PAGE_BYTES = 1 << 16;
/** Addresses are multiples of it. */
const ALIGNMENT = 16;
/** Copies write up to so many bytes behind what they copy. */
const SLACK = 16;
const FIRST_SINK_BYTES = 1 << 12;
/** Answers that are remembered: the slots of a hash table at 16 bytes, and bytes of values and answers. */
const ANSWER_SLOTS = 1 << 15;
const ANSWER_BYTES = 1 << 21;

const MODULE = new WebAssembly.Module(Buffer.from(KERNEL, "base64"));

/** What is written of the value of an entry on the tape; undefined for nothing. */
export type Ask = (entry: number) => Uint8Array | undefined;

/** The routines that are compiled to WebAssembly (assembly/), and the memory that they work on. */
export class Kernel {
  readonly code: KernelCode;
  readonly #memory: WebAssembly.Memory;
  readonly #start: number;
  readonly #moved: (() => void)[] = [];
  readonly #askers: Ask[] = [];
  /** Where the last answer is. */
  #answer = 0;
  #answerCapacity = 0;
  #top: number;
  /** Memory from here on was never used: it holds zeros. */
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

  /** The whole memory; another object after `reserve`. */
  get bytes(): Buffer {
    // Memory that grows is detached from what looked at it.
    if (this.#bytes.length === 0) this.#look();
    return this.#bytes;
  }

  #look(): void {
    this.#bytes = Buffer.from(this.#memory.buffer);
    for (const run of this.#moved) run();
  }

  /** Runs something each time that `bytes` becomes another object. */
  whenMoved(run: () => void): void {
    this.#moved.push(run);
  }

  /** Forgets all that was reserved. */
  clear(): void {
    this.#top = this.#start;
  }

  /** Reserves memory while something runs. */
  within<T>(run: () => T): T {
    const top = this.#top;
    try {
      return run();
    } finally {
      this.#top = top;
    }
  }

  /** The address of so many bytes, which hold anything. */
  reserve(bytes: number): number {
    const address = Math.ceil(this.#top / ALIGNMENT) * ALIGNMENT;
    this.#top = address + bytes;
    this.#untouched = Math.max(this.#untouched, this.#top + SLACK);
    const missing = this.#top + SLACK - this.#bytes.length;
    if (missing > 0) {
      // Half as much again, so that it grows seldom.
      this.#memory.grow(Math.ceil(Math.max(missing, this.#bytes.length / 2) / PAGE_BYTES));
      this.#look();
    }
    return address;
  }

  /** The address of a copy of some bytes. */
  put(bytes: Uint8Array): number {
    const address = this.reserve(bytes.length);
    this.#bytes.set(bytes, address);
    return address;
  }

  /** The address of so many bytes that are 0. */
  reserveZero(bytes: number): number {
    const untouched = this.#untouched;
    const address = this.reserve(bytes);
    if (address < untouched) this.#bytes.fill(0, address, Math.min(untouched, address + bytes));
    return address;
  }

  /** A copy of the bytes from an address up to another. */
  take(from: number, to: number): Buffer {
    return Buffer.from(this.#bytes.subarray(from, to));
  }

  /** Makes room for more bytes in a sink. */
  growSink(sink: number, bytes: number): void {
    const [from, length, capacity] = [0, 4, 8].map((offset) => this.#bytes.readUInt32LE(sink + offset)) as [number, number, number];
    const grown = Math.max(FIRST_SINK_BYTES, 2 * capacity, length + bytes);
    const to = this.reserve(grown);
    this.#bytes.copyWithin(to, from, from + length);
    this.#bytes.writeUInt32LE(to, sink);
    this.#bytes.writeUInt32LE(grown, sink + 8);
  }

  /** Numbers somebody who is asked what is written of values. What one answers depends on the value alone. */
  addAsker(ask: Ask): number {
    if (this.#askers.length === 0)
      this.code.openAnswers(
        this.reserveZero(16 * ANSWER_SLOTS),
        ANSWER_SLOTS,
        this.reserve(ANSWER_BYTES + SLACK),
        ANSWER_BYTES,
        // Nobody can make values that share slots.
        randomInt(2 ** 31) * 2 + 1,
      );
    return this.#askers.push(ask) - 1;
  }

  /** Puts an answer where the kernel finds it: its length, or -1 for nothing, and its bytes. */
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

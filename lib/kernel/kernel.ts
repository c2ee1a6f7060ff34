import { KERNEL } from "./kernel.generated.ts";
import type { KernelCode } from "./kernel-code.ts";

const PAGE_BYTES = 1 << 16;
/** Addresses are multiples of it. */
const ALIGNMENT = 16;
/** Copies write up to so many bytes behind what they copy. */
const SLACK = 16;

const MODULE = new WebAssembly.Module(Buffer.from(KERNEL, "base64"));

/** The routines that are compiled to WebAssembly (assembly/), and the memory that they work on. */
export class Kernel {
  readonly code: KernelCode;
  readonly #memory: WebAssembly.Memory;
  readonly #start: number;
  readonly #moved: (() => void)[] = [];
  #top: number;
  #bytes: Buffer;

  constructor() {
    const { exports } = new WebAssembly.Instance(MODULE);
    this.code = exports as unknown as KernelCode;
    this.#memory = this.code.memory;
    this.#bytes = Buffer.from(this.#memory.buffer);
    this.#start = this.code.heapStart();
    this.#top = this.#start;
  }

  /** The whole memory; another object after `reserve`. */
  get bytes(): Buffer {
    return this.#bytes;
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
    const missing = this.#top + SLACK - this.#bytes.length;
    if (missing > 0) {
      // Half as much again, so that it grows seldom.
      this.#memory.grow(Math.ceil(Math.max(missing, this.#bytes.length / 2) / PAGE_BYTES));
      this.#bytes = Buffer.from(this.#memory.buffer);
      for (const run of this.#moved) run();
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
    const address = this.reserve(bytes);
    this.#bytes.fill(0, address, address + bytes);
    return address;
  }

  /** A copy of the bytes from an address up to another. */
  take(from: number, to: number): Buffer {
    return Buffer.from(this.#bytes.subarray(from, to));
  }
}

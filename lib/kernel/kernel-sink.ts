import { bytesOf } from "./bytes-of.ts";
import type { Kernel } from "./kernel.ts";

const SINK_BYTES = 12;

/** A growing byte buffer in the memory of the kernel (assembly/sink.ts): address, length and capacity. */
export class KernelSink {
  readonly address: number;
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.address = kernel.reserveZero(SINK_BYTES);
  }

  get length(): number {
    return this.#kernel.bytes.readUInt32LE(this.address + 4);
  }

  clear(): void {
    this.#kernel.bytes.writeUInt32LE(0, this.address + 4);
  }

  append(array: Uint8Array | Uint32Array): void {
    const bytes = bytesOf(array);
    const { length } = this;
    if (length + bytes.length > this.#kernel.bytes.readUInt32LE(this.address + 8)) this.#kernel.growSink(this.address, bytes.length);
    const start = this.#kernel.bytes.readUInt32LE(this.address);
    this.#kernel.bytes.set(bytes, start + length);
    this.#kernel.bytes.writeUInt32LE(length + bytes.length, this.address + 4);
  }

  /** A copy of the content, as 32-bit numbers. */
  words(): Uint32Array<ArrayBuffer> {
    const { buffer, byteOffset, length } = this.view();
    return new Uint32Array(buffer, byteOffset, length / 4).slice();
  }

  /** The content; valid until more is written. */
  view(): Buffer {
    const start = this.#kernel.bytes.readUInt32LE(this.address);
    return this.#kernel.bytes.subarray(start, start + this.length);
  }
}

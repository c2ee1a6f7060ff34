import { crc32 } from "node:zlib";
import { Deflate } from "fflate";
import type { Output } from "../format.ts";

/** Size of the blocks to compress. Fixed, so that the result does not depend on the chunks of the input. */
const BLOCK_BYTES = 64 * 1024;

/** A compressed file that is not yet part of the ZIP file. */
export interface CompressedEntry {
  bytes: number;
  compressedBytes: number;
  crc: number;
  read(): AsyncIterable<Uint8Array>;
}

/** Compresses a file from chunks of any size into a temporary file. */
export class ZipEntryCompressor {
  readonly #temporary: Awaited<ReturnType<Output["createTemporary"]>>;
  readonly #deflate = new Deflate({ level: 6 });
  #compressed: Uint8Array[] = [];
  #block = Buffer.alloc(BLOCK_BYTES);
  #filled = 0;
  #bytes = 0;
  #compressedBytes = 0;
  #crc = 0;

  private constructor(temporary: Awaited<ReturnType<Output["createTemporary"]>>) {
    this.#temporary = temporary;
    this.#deflate.ondata = (chunk) => this.#compressed.push(chunk);
  }

  static async start(output: Output): Promise<ZipEntryCompressor> {
    return new ZipEntryCompressor(await output.createTemporary());
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#crc = crc32(bytes, this.#crc);
    this.#bytes += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const taken = bytes.subarray(at, at + BLOCK_BYTES - this.#filled);
      this.#block.set(taken, this.#filled);
      this.#filled += taken.length;
      at += taken.length;
      if (this.#filled === BLOCK_BYTES) await this.#push(false);
    }
  }

  async close(): Promise<CompressedEntry> {
    await this.#push(true);
    await this.#temporary.close();
    return { bytes: this.#bytes, compressedBytes: this.#compressedBytes, crc: this.#crc, read: () => this.#temporary.read() };
  }

  async #push(isLast: boolean): Promise<void> {
    // A copy, because the compressor may keep its input.
    this.#deflate.push(Uint8Array.prototype.slice.call(this.#block, 0, this.#filled), isLast);
    this.#filled = 0;
    const chunks = this.#compressed;
    this.#compressed = [];
    for (const chunk of chunks) {
      this.#compressedBytes += chunk.length;
      await this.#temporary.write(chunk);
    }
  }
}

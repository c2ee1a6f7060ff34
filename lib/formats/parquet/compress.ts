import { snappyCompressor } from "hysnappy";

/** Snappy, as a pinned WebAssembly module: the same bytes on every machine. Compiled when first used. */
export function compress(bytes: Uint8Array): Buffer {
  compressor ??= snappyCompressor();
  const compressed = compressor(bytes);
  return Buffer.from(compressed.buffer, compressed.byteOffset, compressed.length);
}

let compressor: ReturnType<typeof snappyCompressor> | undefined;

import type { Output } from "../../../lib/formats/format.ts";

/** Keeps the output of a format, and returns it in chunks of a given size. */
export function memoryOutput(): Output & { bytes(): Buffer } {
  const written: Buffer[] = [];
  return {
    async write(bytes) {
      written.push(Buffer.from(bytes));
    },
    async createTemporary() {
      const chunks: Buffer[] = [];
      return {
        async write(bytes) {
          chunks.push(Buffer.from(bytes));
        },
        close: async () => {},
        async *read() {
          yield* chunks;
        },
        slice: async (start, end) => Buffer.concat(chunks).subarray(start, end),
      };
    },
    bytes: () => Buffer.concat(written),
  };
}

import { createHash } from "node:crypto";
import type { Workspace } from "../../ports/ports.ts";

/** A workspace in memory, for small datasets. */
export function memoryWorkspace(): Workspace {
  const files = new Map<string, Buffer>();
  const file = (name: string): Buffer => {
    const found = files.get(name);
    if (!found) throw new Error(`${name} was not written`);
    return found;
  };
  return {
    async create(name) {
      const chunks: Uint8Array[] = [];
      return {
        async write(bytes) {
          chunks.push(Buffer.from(bytes));
        },
        async close() {
          const bytes = Buffer.concat(chunks);
          files.set(name, bytes);
          return { name, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
        },
      };
    },
    async *read(name) {
      yield file(name);
    },
    slice: async (name, start, end) => file(name).subarray(start, end),
    async discard() {
      files.clear();
    },
  };
}

import type { Source } from "../lib/ports/ports.ts";

/** The files of a dataset in memory: a text unchanged, anything else as JSON. */
export function memorySource(files: Readonly<Record<string, unknown>>): Source {
  const texts = new Map(
    Object.entries(files).map(([path, value]) => [path, Buffer.from(typeof value === "string" ? value : JSON.stringify(value))]),
  );
  return {
    list: async () => [...texts].map(([path, { length }]) => ({ path, bytes: length })),
    async *read(path) {
      const bytes = texts.get(path);
      if (!bytes) throw new Error(`There is no ${path}`);
      yield bytes;
    },
  };
}

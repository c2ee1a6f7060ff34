import type { ReleaseFolder, Store } from "./ports.ts";

/** The files of a release in a store, below a prefix such as `NAME/1.0.0`. */
export const storedRelease = (store: Pick<Store, "get" | "read">, prefix: string): ReleaseFolder => ({
  bytes: async (name) => (await store.get(`${prefix}/${name}`))?.bytes,
  read: (name) => store.read(`${prefix}/${name}`),
});

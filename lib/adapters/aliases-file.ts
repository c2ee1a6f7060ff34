import type { Aliases, Store } from "../pipeline/ports.ts";
import { PRIVATE } from "./store-directory.ts";

interface AliasFile {
  mark: string;
  entries: Record<string, string>;
}

const keyOf = (dataset: string): string => `${PRIVATE}/aliases/${dataset}.json`;

/** Aliases in a file of the directory store, one a dataset. */
export const fileAliases = (store: Store): Aliases => ({
  async read(dataset) {
    const stored = await store.get(keyOf(dataset));
    const file = stored && (JSON.parse(Buffer.from(stored.bytes).toString("utf8")) as AliasFile);
    return { etag: stored?.etag ?? null, mark: file?.mark, entries: new Map(Object.entries(file?.entries ?? {})) };
  },
  write: (dataset, entries, mark, etag) =>
    store.putIfMatch(
      keyOf(dataset),
      Buffer.from(`${JSON.stringify({ mark, entries: Object.fromEntries([...entries].sort()) }, null, 1)}\n`),
      etag,
    ),
});

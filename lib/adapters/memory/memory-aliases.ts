import { type Aliases, MAX_ALIAS_UPDATE } from "../../ports/ports.ts";

/** Aliases in memory. */
export function memoryAliases(entries = new Map<string, string>()): Aliases {
  let revision = 0;
  return {
    etag: async () => String(revision),
    get: async (key) => entries.get(key),
    async *list(prefix) {
      for (const key of [...entries.keys()]) if (key.startsWith(prefix)) yield key;
    },
    async update(changes, etag) {
      if (changes.size > MAX_ALIAS_UPDATE) throw new Error(`Too many keys for one update: ${changes.size} (maximum ${MAX_ALIAS_UPDATE})`);
      if (etag !== String(revision)) return undefined;
      for (const [key, value] of changes)
        if (value === undefined) entries.delete(key);
        else entries.set(key, value);
      revision += 1;
      return String(revision);
    },
  };
}

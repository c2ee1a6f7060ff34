import { ALIASES_OBJECT_KEY } from "../../contract/aliases-object-key.ts";
import { type Aliases, MAX_ALIAS_UPDATE, type Store } from "../../ports/ports.ts";
import { readStored } from "../../ports/read-stored.ts";

const NO_FILE = "none";

/** Throws `DamagedFileError` unless the file is a JSON object of strings. */
function entriesIn(bytes: Uint8Array): Map<string, string> {
  return new Map(
    Object.entries(
      readStored<Record<string, string>>(ALIASES_OBJECT_KEY, bytes, { type: "object", additionalProperties: { type: "string" } }),
    ),
  );
}

/** Aliases in one object of a store. `etag`: reads an ETag without the object. */
export function fileAliases(store: Store & { etag?(key: string): Promise<string | null> }): Aliases {
  let cached: { etag: string; entries: Map<string, string> } | undefined;
  const read = async (): Promise<{ etag: string; entries: Map<string, string> }> => {
    if (cached && store.etag && cached.etag === ((await store.etag(ALIASES_OBJECT_KEY)) ?? NO_FILE)) return cached;
    const stored = await store.get(ALIASES_OBJECT_KEY);
    cached = {
      etag: stored?.etag ?? NO_FILE,
      entries: stored ? entriesIn(stored.bytes) : new Map(),
    };
    return cached;
  };
  return {
    etag: async () => (await read()).etag,
    get: async (key) => (await read()).entries.get(key),
    async *list(prefix) {
      for (const key of [...(await read()).entries.keys()]) if (key.startsWith(prefix)) yield key;
    },
    async update(changes, etag) {
      if (changes.size > MAX_ALIAS_UPDATE) throw new Error(`Too many keys for one update: ${changes.size} (maximum ${MAX_ALIAS_UPDATE})`);
      const before = await read();
      if (before.etag !== etag) return undefined;
      const entries = new Map(before.entries);
      for (const [key, value] of changes)
        if (value === undefined) entries.delete(key);
        else entries.set(key, value);
      const text = `${JSON.stringify(Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1))), null, 1)}\n`;
      const written = await store.putIfMatch(ALIASES_OBJECT_KEY, Buffer.from(text), etag === NO_FILE ? null : etag);
      if (written !== undefined) cached = { etag: written, entries };
      return written;
    },
  };
}

import { type Aliases, MAX_ALIAS_UPDATE } from "../../ports/ports.ts";
import { readStored } from "../../ports/stored-documents.ts";
import { type DirectoryStore, PRIVATE } from "./store-directory.ts";

const KEY = `${PRIVATE}/aliases.json`;
const NOTHING = "none";

/** Throws where the file holds anything but texts under names. */
function entriesIn(bytes: Uint8Array): Map<string, string> {
  return new Map(
    Object.entries(readStored<Record<string, string>>(KEY, bytes, { type: "object", additionalProperties: { type: "string" } })),
  );
}

/** Aliases in one file of a directory store. */
export function fileAliases(store: DirectoryStore): Aliases {
  let known: { etag: string; entries: Map<string, string> } | undefined;
  const read = async (): Promise<{ etag: string; entries: Map<string, string> }> => {
    const etag = (await store.etag(KEY)) ?? NOTHING;
    if (known?.etag === etag) return known;
    const stored = await store.get(KEY);
    known = {
      etag: stored?.etag ?? NOTHING,
      entries: stored ? entriesIn(stored.bytes) : new Map(),
    };
    return known;
  };
  return {
    etag: async () => (await read()).etag,
    get: async (key) => (await read()).entries.get(key),
    async *list(prefix) {
      for (const key of [...(await read()).entries.keys()]) if (key.startsWith(prefix)) yield key;
    },
    async update(changes, etag) {
      if (changes.size > MAX_ALIAS_UPDATE) throw new Error(`${changes.size} keys do not go into one update`);
      const before = await read();
      if (before.etag !== etag) return undefined;
      const entries = new Map(before.entries);
      for (const [key, value] of changes)
        if (value === undefined) entries.delete(key);
        else entries.set(key, value);
      const text = `${JSON.stringify(Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1))), null, 1)}\n`;
      const written = await store.putIfMatch(KEY, Buffer.from(text), etag === NOTHING ? null : etag);
      if (written !== undefined) known = { etag: written, entries };
      return written;
    },
  };
}

import type { History, Source } from "../../ports/ports.ts";

/** Without git: a single commit without an id. */
export function folderHistory(source: Source, date: string | null): History {
  const tip = { id: null, date, tree: "folder" };
  return {
    after: async (since) =>
      since === null ? { position: "on", base: null, commits: [tip], tip } : { position: "unknown", base: null, commits: [], tip },
    position: async () => "unknown",
    isTipWithin: async () => false,
    at: () => source,
  };
}

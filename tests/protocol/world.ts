import { engineHere } from "../../lib/adapters/engine-here.ts";
import { sqlThread } from "../../lib/adapters/sql-thread.ts";
import { memoryAliases, memoryStore } from "../../lib/adapters/store-memory.ts";
import { memoryWorkspace } from "../../lib/adapters/workspace-memory.ts";
import type { Aliases, Commit, History, Signer, Store } from "../../lib/pipeline/ports.ts";
import { type Published, type Publishing, publishDataset } from "../../lib/pipeline/publish-dataset.ts";

/** A commit of the dataset `d`: its records, and what its dataset.json says of releases. */
export interface Made {
  records: Record<string, string>;
  version?: string;
  records_?: "may-go";
  withdrawn?: { version: string; reason: string }[];
  removed?: { version: string; reason: string }[];
  date?: string;
  /** In place of a good table. */
  broken?: boolean;
  /** Nothing of the dataset: another folder was changed. */
  elsewhere?: boolean;
  title?: string;
}

const SCHEMA = {
  type: "object",
  properties: {
    t: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id"],
        properties: { id: { type: "string" }, value: { type: "string" }, replacedBy: { type: "string" } },
      },
    },
  },
};

const filesOf = ({ records, version = "1.0.0", withdrawn, removed, broken, title = "D", records_ }: Made): Map<string, string> =>
  new Map([
    [
      "dataset.json",
      JSON.stringify({
        name: "d",
        title,
        description: "d",
        licenses: [{ name: "CC0-1.0" }],
        release: {
          version,
          ...(withdrawn ? { withdrawn } : {}),
          ...(removed ? { removed } : {}),
          ...(records_ ? { records: records_ } : {}),
        },
      }),
    ],
    ["schema.json", JSON.stringify(SCHEMA)],
    ["t.json", broken ? "[" : JSON.stringify(Object.entries(records).map(([id, value]) => ({ id, value })))],
  ]);

/** A repository in memory: commits with parents, and a branch that can be moved. */
export class Branch implements History {
  readonly #commits = new Map<string, { commit: Commit; parent: string | null; files: Map<string, string> }>();
  tip: string | null = null;

  /** Adds commits at the tip. */
  push(...made: Made[]): this {
    for (const one of made) {
      const parent = this.tip === null ? undefined : this.#commits.get(this.tip);
      const files = one.elsewhere ? (parent?.files ?? new Map<string, string>()) : filesOf(one);
      const id = (this.#commits.size + 1).toString(16).padStart(40, "0");
      const date = one.date ?? `2024-01-${String(this.#commits.size + 1).padStart(2, "0")}T00:00:00Z`;
      this.#commits.set(id, { commit: { id, date, tree: JSON.stringify([...files]) }, parent: this.tip, files });
      this.tip = id;
    }
    return this;
  }

  at(commit: Commit): ReturnType<History["at"]> {
    const found = this.#commits.get(commit.id as string);
    if (!found) throw new Error(`There is no commit ${commit.id}`);
    return {
      list: async () => [...found.files].map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) })),
      async *read(path: string) {
        yield Buffer.from(found.files.get(path) as string);
      },
    };
  }

  #line(from: string | null): string[] {
    const line: string[] = [];
    for (let id = from; id !== null; id = this.#commits.get(id)?.parent ?? null) line.push(id);
    return line.reverse();
  }

  async after(since: string | null): ReturnType<History["after"]> {
    const line = this.#line(this.tip);
    const commit = (id: string): Commit => this.#commits.get(id)?.commit as Commit;
    const base = since === null ? null : (this.#commits.get(since)?.commit.tree ?? null);
    if (since === null || line.includes(since))
      return { base, commits: line.slice(since === null ? 0 : line.indexOf(since) + 1).map(commit), broken: false, behind: false };
    if (this.tip !== null && this.#line(since).includes(this.tip)) return { base, commits: [], broken: false, behind: true };
    return { base: null, commits: this.tip === null ? [] : [commit(this.tip)], broken: true, behind: false };
  }

  parentOf(id: string): string | null {
    return this.#commits.get(id)?.parent ?? null;
  }

  reset(tip: string | null): this {
    this.tip = tip;
    return this;
  }
}

/** A store and what the edge looks up, in memory. */
export interface World {
  objects: Map<string, Uint8Array>;
  entries: Map<string, string>;
  store: Store;
  aliases: Aliases;
}

export function world(): World {
  const objects = new Map<string, Uint8Array>();
  const entries = new Map<string, string>();
  return { objects, entries, store: memoryStore(objects), aliases: memoryAliases(entries) };
}

const NOW = new Date("2025-01-01T00:00:00Z");

export interface Means {
  history: History;
  store: Store;
  aliases: Aliases;
  generator?: string;
  signer?: Signer;
  maxReleases?: number;
  now?: Date;
}

export const publishing = ({ generator = "1", now = NOW, ...means }: Means): Publishing => ({
  dataset: "d",
  startEngine: engineHere,
  startSql: sqlThread,
  openWorkspace: async () => memoryWorkspace(),
  now: () => now,
  generator,
  say: () => {},
  ...means,
});

export const publish = (means: Means): Promise<Published> => publishDataset(publishing(means));

/** All that readers can get, key → text, without what only the publisher reads. */
export function contents({ objects, entries }: World): Map<string, string> {
  const found = new Map<string, string>();
  // Assets are named after what they hold.
  for (const [key, bytes] of [...objects].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (key.startsWith("assets/")) found.set(key, `${bytes.length} bytes`);
    else if (!key.startsWith(".factpress/pages/")) found.set(key, Buffer.from(bytes).toString("utf8"));
  for (const [key, value] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) found.set(`alias ${key}`, value);
  return found;
}

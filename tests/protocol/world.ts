import { memoryAliases } from "../../lib/adapters/memory/memory-aliases.ts";
import { memoryStore } from "../../lib/adapters/memory/memory-store.ts";
import { FIRST_FORMATS } from "../../lib/contract/first-formats.ts";
import { MissingCommitError } from "../../lib/ports/missing-commit-error.ts";
import type { Aliases, Commit, History, PendingCommits, Position, Signer, Store } from "../../lib/ports/ports.ts";
import type { Runtime } from "../../lib/ports/runtime.ts";
import { publishDataset } from "../../lib/publish/publish-dataset.ts";
import type { Published, PublishJob } from "../../lib/publish/publish-job.ts";
import type { Catalogue } from "../../lib/release/catalogue.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import { RUNTIME } from "../runtime.ts";

/** A commit of a dataset: its records, and the block `release` of its dataset.json. */
export interface Made {
  records: Record<string, string>;
  /** Name of the dataset. @default d */
  name?: string;
  /** Empty: a draft. */
  version?: string;
  records_?: "may-go";
  withdrawn?: { version: string; reason: string }[];
  removed?: { version: string; reason: string }[];
  /** The commit that the rewritten history lost. */
  rewritten?: string;
  date?: string;
  /** Replaces the table with invalid text. */
  broken?: boolean;
  /** Changes another folder only. */
  elsewhere?: boolean;
  /** The folder of the dataset is deleted. */
  gone?: boolean;
  /** Why the dataset ends. */
  ended?: string;
  title?: string;
  description?: string;
  /** Columns besides the key; replaces `value` and `replacedBy`. */
  columns?: Record<string, object>;
  /** The other formats would take time, and the protocol treats all formats alike. */
  formats?: readonly string[] | "default";
  /** Name of the table. @default t */
  table?: string;
  /** Schema and tables; replaces all of the above. */
  files?: Readonly<Record<string, string>>;
}

const COLUMNS = { value: { type: "string" }, replacedBy: { type: "string" } };

const schemaOf = (table: string, columns: Record<string, object>): object => ({
  type: "object",
  properties: {
    [table]: {
      type: "array",
      primaryKey: ["id"],
      items: { type: "object", required: ["id"], properties: { id: { type: "string" }, ...columns } },
    },
  },
});

function filesOf(made: Made): Map<string, string> {
  const {
    records,
    name = "d",
    version = "1.0.0",
    withdrawn,
    removed,
    broken,
    title = "D",
    description = "d",
    records_,
    rewritten,
    ended,
    table = "t",
    columns,
  } = made;
  const { formats = FIRST_FORMATS, files } = made;
  const rows = Object.entries(records).map(([id, value]) => (columns ? { id } : { id, value }));
  return new Map([
    [
      "dataset.json",
      JSON.stringify({
        name,
        title,
        description,
        licenses: [{ name: "CC0-1.0" }],
        release: {
          ...(formats === "default" ? {} : { formats }),
          ...(version === "" ? {} : { version }),
          ...(withdrawn ? { withdrawn } : {}),
          ...(removed ? { removed } : {}),
          ...(records_ ? { records: records_ } : {}),
          ...(rewritten ? { rewritten } : {}),
          ...(ended ? { ended } : {}),
        },
      }),
    ],
    ...(files
      ? Object.entries(files)
      : ([
          ["schema.json", JSON.stringify(schemaOf(table, columns ?? COLUMNS))],
          [`${table}.json`, broken ? "[" : JSON.stringify(rows)],
        ] as const)),
  ]);
}

type Known = Map<string, { commit: Commit; parent: string | null; files: Map<string, string> }>;

/** A repository in memory: commits with parents, and a branch that can be moved. */
export class Branch implements History {
  readonly #commits: Known;
  /** Shared by the clones of a repository, so that commits have unique ids. */
  readonly #count: { made: number };
  /** Commits whose files were read, in order. */
  readonly read: string[] = [];
  tip: string | null = null;
  constructor(commits: Known = new Map(), count = { made: 0 }) {
    this.#commits = commits;
    this.#count = count;
  }

  /** A clone of the present state, which does not see later commits. */
  clone(count = this.#count): Branch {
    return new Branch(new Map(this.#commits), count).reset(this.tip);
  }

  /** Fetches the commits of another clone; the branch does not move. */
  fetch(other: Branch): this {
    for (const [id, commit] of other.#commits) this.#commits.set(id, commit);
    return this;
  }

  /** Adds commits at the tip. */
  push(...made: Made[]): this {
    for (const one of made) {
      const parent = this.tip === null ? undefined : this.#commits.get(this.tip);
      const files = one.gone ? new Map<string, string>() : one.elsewhere ? (parent?.files ?? new Map<string, string>()) : filesOf(one);
      this.#count.made += 1;
      const id = this.#count.made.toString(16).padStart(40, "0");
      const date = one.date ?? new Date(Date.UTC(2024, 0, this.#count.made)).toISOString().replace(".000Z", "Z");
      this.#commits.set(id, { commit: { id, date, tree: one.gone ? null : JSON.stringify([...files]) }, parent: this.tip, files });
      this.tip = id;
    }
    return this;
  }

  at(commit: Commit): ReturnType<History["at"]> {
    const found = this.#commits.get(commit.id as string);
    if (!found) throw new MissingCommitError(`There is no commit ${commit.id}`);
    this.read.push(commit.id as string);
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

  async position(commit: string): Promise<Position> {
    if (!this.#commits.has(commit)) return "unknown";
    if (this.#line(this.tip).includes(commit)) return "on";
    return this.tip !== null && this.#line(commit).includes(this.tip) ? "behind" : "aside";
  }

  async after(since: string | null): Promise<PendingCommits> {
    const line = this.#line(this.tip);
    const commit = (id: string): Commit => this.#commits.get(id)?.commit as Commit;
    const position = since === null ? "on" : await this.position(since);
    return {
      position,
      base: since === null ? null : (this.#commits.get(since)?.commit.tree ?? null),
      commits: position === "on" ? line.slice(since === null ? 0 : line.indexOf(since) + 1).map(commit) : [],
      tip: this.tip === null ? null : commit(this.tip),
    };
  }

  async isTipWithin(commits: readonly string[]): Promise<boolean> {
    return commits.some((id) => this.tip !== null && this.#commits.has(id) && this.#line(id).includes(this.tip));
  }

  parentOf(id: string): string | null {
    return this.#commits.get(id)?.parent ?? null;
  }

  reset(tip: string | null): this {
    this.tip = tip;
    return this;
  }
}

/** A store and the alias store of the edge, in memory. */
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
  /** `d` where it is missing. */
  dataset?: string;
  history: History;
  store: Store;
  aliases: Aliases;
  generator?: string;
  signer?: Signer;
  maxReleases?: number;
  now?: Date;
  planFirst?: boolean;
  runtime?: Runtime;
}

export const publishing = ({ generator = "1", now = NOW, runtime = RUNTIME, ...means }: Means): PublishJob => ({
  dataset: "d",
  runtime: { ...runtime, now: () => now, generator },
  ...means,
});

export const publish = (means: Means): Promise<Published> => publishDataset(publishing(means));

/** Everything that readers can get, key → text, without private objects. */
export function contents({ objects, entries }: World): Map<string, string> {
  const found = new Map<string, string>();
  // Assets are named after their content.
  for (const [key, bytes] of [...objects].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (key.startsWith("assets/")) found.set(key, `${bytes.length} bytes`);
    else if (!/^\.factpress\/(pages|cursors)\//.test(key)) found.set(key, Buffer.from(bytes).toString("utf8"));
  for (const [key, value] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) found.set(`alias ${key}`, value);
  return found;
}

export const catalogueOf = (w: World): Catalogue => parseCatalogue(w.objects.get("d/releases.json") as Uint8Array);
/** Newest first. */
export const versions = (w: World): string[] => catalogueOf(w).releases.map(({ version }) => version);

import { execFileSync, spawn } from "node:child_process";
import type { Readable } from "node:stream";

interface GitObject {
  type: string;
  content: Buffer;
}

interface ListedEntry {
  mode: string;
  type: string;
  sha: string;
  path: string;
  size?: number;
}

/** What a name refers to. */
export interface ObjectInfo {
  id: string;
  type: string;
}

/** Splits what `git cat-file --batch` writes: a line with id, type and size, then the content. */
function parseBatch(output: Buffer): Map<string, GitObject> {
  const objects = new Map<string, GitObject>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id = "", type = "", size = ""] = output.subarray(at, end).toString().split(" ");
    const from = end + 1;
    if (type === "missing") {
      at = from;
      continue;
    }
    objects.set(id, { type, content: output.subarray(from, from + Number(size)) });
    at = from + Number(size) + 1;
  }
  return objects;
}

const MODE_TYPES: Record<string, string> = { "40000": "tree", "160000": "commit" };

/** Objects of a repository. Each is read once, many at once where they are known beforehand: a process for each would take long. */
export class GitObjects {
  readonly #repository: string;
  #objects = new Map<string, GitObject>();
  constructor(repository: string) {
    this.#repository = repository;
  }

  #git(args: string[], input: string): Buffer {
    return execFileSync("git", ["-C", this.#repository, "cat-file", ...args], { input, maxBuffer: 1 << 30 });
  }

  /** Reads all objects at once: a large history is served without a process for each. */
  preload(): void {
    this.#objects = parseBatch(this.#git(["--batch", "--batch-all-objects"], ""));
  }

  #read(ids: readonly string[]): void {
    const unread = ids.filter((id) => /^[0-9a-f]{40}$/.test(id) && !this.#objects.has(id));
    if (unread.length === 0) return;
    for (const [id, object] of parseBatch(this.#git(["--batch"], `${unread.join("\n")}\n`))) this.#objects.set(id, object);
  }

  /** An object of a type; undefined if there is none of this id. */
  get(id: string, type: string): Buffer | undefined {
    this.#read([id]);
    const found = this.#objects.get(id);
    return found?.type === type ? found.content : undefined;
  }

  /** The texts of all objects of a type, such as commits. */
  texts(ids: readonly string[], type: string): (string | undefined)[] {
    this.#read(ids);
    return ids.map((id) => this.get(id, type)?.toString("utf8"));
  }

  /** The objects that names refer to; undefined for missing ones. */
  find(names: readonly string[]): (ObjectInfo | undefined)[] {
    const lines = this.#git(["--batch-check=%(objectname) %(objecttype)"], names.map((name) => `${name}\n`).join("")).toString("utf8");
    return lines
      .trim()
      .split("\n")
      .map((line) => {
        const [id = "", type = ""] = line.split(" ");
        return type === "commit" || type === "tree" || type === "blob" ? { id, type } : undefined;
      });
  }

  /** The archive of a commit as GitHub sends it: gzipped, in one folder, as a stream. */
  archive(sha: string, prefix: string): Readable {
    const args = ["-C", this.#repository, "archive", "--format=tar.gz", `--prefix=${prefix}`, sha];
    return spawn("git", args, { stdio: ["ignore", "pipe", "ignore"] }).stdout;
  }

  /** The entries of a tree and of those below it, with their paths, each folder before what is in it. */
  entriesBelow(id: string, prefix = ""): ListedEntry[] {
    return (this.entries(id) ?? []).flatMap((entry) => {
      const named = { ...entry, path: prefix + entry.path };
      return entry.type === "tree" ? [named, ...this.entriesBelow(entry.sha, `${named.path}/`)] : [named];
    });
  }

  /** The entries of a tree, as GitHub lists them. */
  entries(id: string): ListedEntry[] | undefined {
    const content = this.get(id, "tree");
    if (!content) return undefined;
    const entries: Omit<ListedEntry, "size">[] = [];
    for (let at = 0; at < content.length; ) {
      const space = content.indexOf(32, at);
      const end = content.indexOf(0, space);
      const mode = content.subarray(at, space).toString();
      const path = content.subarray(space + 1, end).toString("utf8");
      const sha = content.subarray(end + 1, end + 21).toString("hex");
      const type = MODE_TYPES[mode] ?? "blob";
      entries.push({ mode: mode.padStart(6, "0"), type, sha, path });
      at = end + 21;
    }
    this.#read(entries.filter(({ type }) => type === "blob").map(({ sha }) => sha));
    return entries.map((entry) => (entry.type === "blob" ? { ...entry, size: this.get(entry.sha, "blob")?.length ?? 0 } : entry));
  }
}

import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { inflateSync } from "node:zlib";
import { hasErrorCode } from "../../lib/adapters/folder/has-error-code.ts";

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

const ID = /^[0-9a-f]{40}$/;
const MODE_TYPES: Record<string, string> = { "40000": "tree", "160000": "commit" };

/** The entries of a tree: mode, a space, the name, a zero byte and 20 bytes of the id. */
function parseTree(content: Buffer): { mode: string; sha: string; path: string }[] {
  const entries = [];
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(32, at);
    const end = content.indexOf(0, space);
    const mode = content.subarray(at, space).toString();
    entries.push({
      mode,
      sha: content.subarray(end + 1, end + 21).toString("hex"),
      path: content.subarray(space + 1, end).toString("utf8"),
    });
    at = end + 21;
  }
  return entries;
}

const infoOf = (id: string, type: string | undefined): ObjectInfo | undefined =>
  type === "commit" || type === "tree" || type === "blob" ? { id, type } : undefined;

/**
 * Objects of a repository. Each is read once: from its file if it has one, otherwise by git, many at once where they are known beforehand.
 * A process for each would take long.
 */
export class GitObjects {
  readonly #repository: string;
  readonly #gitDirectory: string;
  #objects = new Map<string, GitObject>();
  constructor(repository: string) {
    this.#repository = repository;
    const inside = join(repository, ".git");
    this.#gitDirectory = existsSync(inside) ? inside : repository;
  }

  /** A file of the git directory; undefined if there is none. */
  #file(...path: string[]): Buffer | undefined {
    try {
      return readFileSync(join(this.#gitDirectory, ...path));
    } catch (error) {
      if (hasErrorCode(error, "ENOENT", "ENOTDIR", "EISDIR")) return undefined;
      throw error;
    }
  }

  /** An object that is not in a pack. Its file holds the type, a space, the size, a zero byte and the content, compressed. */
  #loose(id: string): GitObject | undefined {
    const file = this.#file("objects", id.slice(0, 2), id.slice(2));
    if (file === undefined) return undefined;
    const bytes = inflateSync(file);
    const end = bytes.indexOf(0);
    return { type: bytes.toString("latin1", 0, bytes.indexOf(32)), content: bytes.subarray(end + 1) };
  }

  #git(args: string[], input: string): Buffer {
    return execFileSync("git", ["-C", this.#repository, "cat-file", ...args], { input, maxBuffer: 1 << 30 });
  }

  /** Reads all objects at once: a large history is served without a process for each. */
  preload(): void {
    this.#objects = parseBatch(this.#git(["--batch", "--batch-all-objects"], ""));
  }

  #read(ids: readonly string[]): void {
    const unread = ids.filter((id) => {
      if (!ID.test(id) || this.#objects.has(id)) return false;
      const loose = this.#loose(id);
      if (loose) this.#objects.set(id, loose);
      return !loose;
    });
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
    const known = names.map((name) => this.#named(name));
    const unknown = names.filter((_, i) => known[i] === "unknown");
    const answers = unknown.length > 0 ? this.#ask(unknown) : [];
    return known.map((found) => (found === "unknown" ? answers.shift() : found));
  }

  #ask(names: readonly string[]): (ObjectInfo | undefined)[] {
    const lines = this.#git(["--batch-check=%(objectname) %(objecttype)"], names.map((name) => `${name}\n`).join("")).toString("utf8");
    return lines
      .trim()
      .split("\n")
      .map((line) => {
        const [id = "", type = ""] = line.split(" ");
        return infoOf(id, type);
      });
  }

  /** What a name refers to, as far as git is not needed to tell. */
  #named(name: string): ObjectInfo | undefined | "unknown" {
    const [, commit = "", folder] = /^([0-9a-f]{40}):(.*)$/s.exec(name) ?? [];
    if (folder !== undefined) return this.#below(commit, folder);
    const [, id = ""] = /^([0-9a-f]{40})(?:\^\{commit\})?$/.exec(name) ?? this.#ref(name);
    this.#read([id]);
    const type = this.#objects.get(id)?.type;
    return type === "commit" || (type !== undefined && name === id) ? infoOf(id, type) : "unknown";
  }

  /** The id in the file of a branch, or of the one that HEAD names. Git packs some. */
  #ref(name: string): string[] {
    if (name !== "HEAD" && !/^refs\/(\w+\/)+[\w-]+$/.test(name)) return [];
    const text = this.#file(name)?.toString("latin1") ?? "";
    const [, target] = /^ref: (refs\/.+)\n$/.exec(text) ?? [];
    return target === undefined ? ["", ...(/^[0-9a-f]{40}(?=\n$)/.exec(text) ?? [])] : this.#ref(target);
  }

  #below(commit: string, folder: string): ObjectInfo | undefined | "unknown" {
    const [, tree = ""] = /^tree (\w+)$/m.exec(this.get(commit, "commit")?.toString("latin1") ?? "") ?? [];
    if (tree === "") return "unknown";
    let found: ObjectInfo = { id: tree, type: "tree" };
    for (const part of folder.split("/").filter(Boolean)) {
      const entry = parseTree(this.get(found.id, "tree") ?? Buffer.alloc(0)).find(({ path }) => path === part);
      if (entry === undefined) return undefined;
      found = { id: entry.sha, type: MODE_TYPES[entry.mode] ?? "blob" };
    }
    // A submodule, whose commit is elsewhere.
    return found.type === "commit" ? "unknown" : infoOf(found.id, found.type);
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
    const entries = parseTree(content).map((entry) => ({
      ...entry,
      mode: entry.mode.padStart(6, "0"),
      type: MODE_TYPES[entry.mode] ?? "blob",
    }));
    this.#read(entries.filter(({ type }) => type === "blob").map(({ sha }) => sha));
    return entries.map((entry) => (entry.type === "blob" ? { ...entry, size: this.get(entry.sha, "blob")?.length ?? 0 } : entry));
  }
}

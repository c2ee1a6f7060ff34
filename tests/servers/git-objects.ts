import { execFileSync } from "node:child_process";

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

/** Splits what `git cat-file --batch` writes: a line with id, type and size, then the content. */
function parseBatch(output: Buffer): Map<string, GitObject> {
  const objects = new Map<string, GitObject>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [id = "", type = "", size = ""] = output.subarray(at, end).toString().split(" ");
    const from = end + 1;
    objects.set(id, { type, content: output.subarray(from, from + Number(size)) });
    at = from + Number(size) + 1;
  }
  return objects;
}

const MODE_TYPES: Record<string, string> = { "40000": "tree", "160000": "commit" };

/** Objects of a repository. `preload` reads all of them at once: a large history is served without a process for each. */
export class GitObjects {
  readonly #repository: string;
  #objects = new Map<string, GitObject>();
  constructor(repository: string) {
    this.#repository = repository;
  }

  #batch(args: string[], input: string): Map<string, GitObject> {
    return parseBatch(execFileSync("git", ["-C", this.#repository, "cat-file", "--batch", ...args], { input, maxBuffer: 1 << 30 }));
  }

  preload(): void {
    this.#objects = this.#batch(["--batch-all-objects"], "");
  }

  /** An object of a type; undefined where there is none of this id. */
  get(id: string, type: string): Buffer | undefined {
    if (!/^[0-9a-f]{40}$/.test(id)) return undefined;
    const known = this.#objects.get(id);
    if (known) return known.type === type ? known.content : undefined;
    const found = execFileSync("git", ["-C", this.#repository, "cat-file", "--batch-check"], { input: `${id}\n`, encoding: "utf8" });
    if (!found.startsWith(`${id} ${type} `)) return undefined;
    const object = this.#batch([], `${id}\n`).get(id);
    if (object) this.#objects.set(id, object);
    return object?.content;
  }

  /** The entries of a tree, as GitHub lists them. */
  entries(id: string): ListedEntry[] | undefined {
    const content = this.get(id, "tree");
    if (!content) return undefined;
    const entries: ListedEntry[] = [];
    for (let at = 0; at < content.length; ) {
      const space = content.indexOf(32, at);
      const end = content.indexOf(0, space);
      const mode = content.subarray(at, space).toString();
      const path = content.subarray(space + 1, end).toString("utf8");
      const sha = content.subarray(end + 1, end + 21).toString("hex");
      const type = MODE_TYPES[mode] ?? "blob";
      const size = type === "blob" ? { size: this.get(sha, "blob")?.length ?? 0 } : {};
      entries.push({ mode: mode.padStart(6, "0"), type, sha, path, ...size });
      at = end + 21;
    }
    return entries;
  }
}

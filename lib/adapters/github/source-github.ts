import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Commit, type History, MissingCommit, type Position, type Source, Unreadable } from "../../ports/ports.ts";
import { notOddlyNamed } from "../folder/source-bounds.ts";
import { type GitHub, type Repository, statusOf } from "./github-client.ts";

/** What is fetched of a repository, whatever it holds. */
export interface FetchLimits {
  files: number;
  fileBytes: number;
  totalBytes: number;
  depth: number;
}

/** The merge methods that a repository allows for pull requests. */
export interface MergeMethods {
  merge: boolean;
  squash: boolean;
  rebase: boolean;
}

interface TreeEntry {
  path: string;
  mode: string;
  type: string;
  sha: string;
  size?: number;
}

/** So many commits are walked back from the tip before the walk is given up. */
const MAX_WALK = 20_000;
const PAGE = 100;
/** Most files of a commit are those of the one before: so much of them is kept instead of being fetched again. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Reads a repository through GitHub's API. Objects of git never change under their ids, so they are kept. */
export class GitHubRepository {
  readonly #github: GitHub;
  readonly #at: { owner: string; repo: string };
  readonly #trees = new Map<string, TreeEntry[]>();
  readonly #blobs = new Map<string, Uint8Array>();
  #blobBytes = 0;
  #left: number;
  /** `budget`: so many requests for trees and blobs are made at most, until `renew`. */
  constructor(github: GitHub, { owner, name }: Repository, { budget = Number.POSITIVE_INFINITY }: { budget?: number } = {}) {
    this.#github = github;
    this.#at = { owner, repo: name };
    this.#budget = budget;
    this.#left = this.#budget;
  }
  readonly #budget: number;

  /** What one stranger's commit uses up must not be missing to others. */
  renew(): void {
    this.#left = this.#budget;
  }

  #spend(): void {
    this.#left -= 1;
    if (this.#left < 0) throw new Unreadable(`It takes more than ${this.#budget} requests to fetch: too many files and folders`);
  }

  async #tree(sha: string): Promise<TreeEntry[]> {
    const known = this.#trees.get(sha);
    if (known) return known;
    this.#spend();
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", { ...this.#at, tree_sha: sha });
    const entries = data.tree as TreeEntry[];
    if (data.truncated) throw new Unreadable("The folder holds more files than GitHub lists");
    if (this.#trees.size > 50_000) this.#trees.clear();
    this.#trees.set(sha, entries);
    return entries;
  }

  /** The id of the tree at a path below another; null where there is none. */
  async treeAt(root: string, path: string): Promise<string | null> {
    let sha = root;
    for (const part of path.split("/").filter(Boolean)) {
      const entry = (await this.#tree(sha)).find((entry) => entry.path === part && entry.type === "tree");
      if (!entry) return null;
      sha = entry.sha;
    }
    return sha;
  }

  /** The names of the folders in a folder of a commit. */
  async foldersAt(root: string, path: string): Promise<string[]> {
    const tree = await this.treeAt(root, path);
    if (tree === null) return [];
    return (await this.#tree(tree)).filter(({ type, path }) => type === "tree" && !path.startsWith(".")).map(({ path }) => path);
  }

  async #files(
    tree: string,
    limits: FetchLimits,
    below = "",
    depth = 0,
    found: TreeEntry[] = [],
    visited = { entries: 0 },
  ): Promise<TreeEntry[]> {
    if (depth > limits.depth) throw new Unreadable(`${below} lies deeper than ${limits.depth} folders`);
    for (const entry of await this.#tree(tree)) {
      visited.entries += 1;
      // Folders count as well: equal ones are fetched once, and may stand in each other many times over.
      if (visited.entries > limits.files * 2) throw new Unreadable(`The dataset has more than ${limits.files * 2} files and folders`);
      if (entry.path.startsWith(".")) continue;
      const path = below + entry.path;
      notOddlyNamed(path);
      if (Buffer.byteLength(entry.path) > 200) throw new Unreadable(`${entry.path.slice(0, 40)}… is a name of more than 200 bytes`);
      if (entry.type === "tree") await this.#files(entry.sha, limits, `${path}/`, depth + 1, found, visited);
      else if (entry.mode !== "100644" && entry.mode !== "100755")
        throw new Unreadable(`${path} is not a plain file (mode ${entry.mode}: a link or a submodule)`);
      else if ((entry.size ?? 0) > limits.fileBytes)
        throw new Unreadable(`${path} has ${entry.size} bytes; allowed are ${limits.fileBytes}`);
      else found.push({ ...entry, path });
      if (found.length > limits.files) throw new Unreadable(`The dataset has more than ${limits.files} files`);
    }
    return found;
  }

  /** The files of a dataset at a tree. Each is fetched when it is read, and its id is checked. */
  source(tree: string, limits: FetchLimits): Source {
    let listed: Promise<TreeEntry[]> | undefined;
    const list = async (): Promise<TreeEntry[]> => {
      listed ??= this.#files(tree, limits);
      const files = await listed;
      const total = files.reduce((sum, { size }) => sum + (size ?? 0), 0);
      if (total > limits.totalBytes) throw new Unreadable(`The dataset has ${total} bytes; allowed are ${limits.totalBytes}`);
      return files;
    };
    const blob = (entry: TreeEntry): Promise<Uint8Array> => this.#blob(entry, limits);
    return {
      list: async () => (await list()).map(({ path, size }) => ({ path, bytes: size ?? 0 })),
      async *read(path) {
        const entry = (await list()).find((file) => file.path === path);
        if (!entry) throw new Error(`${path} is not in the tree ${tree}`);
        yield await blob(entry);
      },
    };
  }

  async #blob({ sha, path }: TreeEntry, limits: FetchLimits): Promise<Uint8Array> {
    const known = this.#blobs.get(sha);
    if (known) return known;
    this.#spend();
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
      ...this.#at,
      file_sha: sha,
      headers: { accept: "application/vnd.github.raw+json" },
      // Its media type names a charset, by which the client would decode it: bytes that are no UTF-8 would be lost.
      request: { parseSuccessResponseBody: false },
    });
    const bytes = Buffer.from(await new Response(data as unknown as ReadableStream).arrayBuffer());
    if (bytes.length > limits.fileBytes) throw new Unreadable(`${path} is larger than ${limits.fileBytes} bytes`);
    const id = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
    if (id !== sha) throw new Error(`GitHub sent other bytes for ${path} than its id ${sha} names`);
    if (this.#blobBytes + bytes.length > KEPT_BYTES) {
      this.#blobs.clear();
      this.#blobBytes = 0;
    }
    this.#blobs.set(sha, bytes);
    this.#blobBytes += bytes.length;
    return bytes;
  }

  /** How pull requests may be merged; undefined where GitHub does not say so to this App. */
  async mergeMethods(): Promise<MergeMethods | undefined> {
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}", this.#at);
    const { allow_merge_commit: merge, allow_squash_merge: squash, allow_rebase_merge: rebase } = data;
    return merge === undefined || squash === undefined || rebase === undefined ? undefined : { merge, squash, rebase };
  }

  async commit(id: string): Promise<{ tree: string; parents: string[]; date: string }> {
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", { ...this.#at, commit_sha: id });
    return { tree: data.tree.sha, parents: data.parents.map(({ sha }) => sha), date: utc(data.committer.date) };
  }

  async tip(branch: string): Promise<string> {
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { ...this.#at, ref: `heads/${branch}` });
    return data.object.sha;
  }

  /** The newest commit that two have in common; undefined where they have none. */
  async mergeBase(a: string, b: string): Promise<string | undefined> {
    try {
      const { data } = await this.#github.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
        ...this.#at,
        basehead: `${a}...${b}`,
        per_page: 1,
      });
      return data.merge_base_commit.sha;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /** How a commit stands to another: undefined where it is not there. */
  async #status(base: string, head: string): Promise<string | undefined> {
    try {
      const { data } = await this.#github.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
        ...this.#at,
        basehead: `${base}...${head}`,
        per_page: 1,
      });
      return data.status;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  /** `on` where it is an ancestor of the tip, by whatever parents. */
  async #position(commit: string, tip: string): Promise<Position> {
    if (commit === tip) return "on";
    const status = await this.#status(commit, tip);
    if (status === "ahead" || status === "identical") return "on";
    if (status === "behind") return "behind";
    if (status !== undefined) return "aside";
    return (await this.#find(commit)) ? "aside" : "unknown";
  }

  /** A commit; undefined where the repository does not hold it. */
  async #find(id: string): Promise<{ tree: string } | undefined> {
    try {
      return await this.commit(id);
    } catch (error) {
      // 422: no commit has that name.
      if ([404, 422].includes(statusOf(error) ?? 0)) return undefined;
      throw error;
    }
  }

  /** First-parent commits from the tip back to `since` (not among them), oldest first; undefined where it is not on the way. */
  async #walk(tip: string, since: string | null): Promise<{ id: string; tree: string; date: string }[] | undefined> {
    const known = new Map<string, { tree: string; parents: string[]; date: string }>();
    const line: { id: string; tree: string; date: string }[] = [];
    for (let id: string | undefined = tip; id !== undefined && id !== since; ) {
      if (line.length >= MAX_WALK) throw new Error(`The newest release is more than ${MAX_WALK} commits behind the tip`);
      if (!known.has(id)) {
        const { data } = await this.#github.request("GET /repos/{owner}/{repo}/commits", { ...this.#at, sha: id, per_page: PAGE });
        for (const { sha, commit, parents } of data)
          known.set(sha, { tree: commit.tree.sha, parents: parents.map(({ sha }) => sha), date: utc(commit.committer?.date) });
      }
      const commit = known.get(id) as { tree: string; parents: string[]; date: string };
      line.push({ id, tree: commit.tree, date: commit.date });
      id = commit.parents[0];
      if (id === undefined && since !== null) return undefined;
    }
    return line.reverse();
  }

  /** The first-parent history of a branch, as far as a dataset's folder goes. */
  history(branch: string, folder: string, limits: FetchLimits): History {
    const commitsOf = (line: { id: string; tree: string; date: string }[]): Promise<Commit[]> =>
      Promise.all(line.map(async ({ id, tree, date }) => ({ id, date, tree: await this.treeAt(tree, folder) })));
    const tipOf = async (): Promise<Commit> => {
      const id = await this.tip(branch);
      const { tree, date } = await this.commit(id);
      return { id, date, tree: await this.treeAt(tree, folder) };
    };
    return {
      after: async (since) => {
        const tip = await tipOf();
        const id = tip.id as string;
        if (since === null) return { position: "on", base: null, commits: await commitsOf((await this.#walk(id, null)) ?? []), tip };
        const found = await this.#position(since, id);
        const base = found === "unknown" ? null : await this.treeAt((await this.commit(since)).tree, folder);
        const line = found === "on" && since !== id ? await this.#walk(id, since) : [];
        // An ancestor that is not on the first-parent line.
        if (!line) return { position: "aside", base, commits: [], tip };
        return { position: found, base, commits: await commitsOf(line), tip };
      },
      position: async (commit) => {
        const tip = await this.tip(branch);
        const found = await this.#position(commit, tip);
        return found === "on" && commit !== tip && !(await this.#walk(tip, commit)) ? "aside" : found;
      },
      // The forge holds the branch itself, which is no copy that could lag behind it for long.
      isTipWithin: async (commits) => commits.includes(await this.tip(branch)),
      at: ({ id, tree }) => this.#lazySource(id as string, tree, folder, limits),
    };
  }

  #lazySource(id: string, tree: string | null, folder: string, limits: FetchLimits): Source {
    const open = async (): Promise<Source> => {
      const root = tree === null ? (await this.#find(id))?.tree : undefined;
      if (tree === null && root === undefined) throw new MissingCommit(`Commit ${id} is not in the repository`);
      const found = tree ?? (await this.treeAt(root as string, folder));
      if (found === null) throw new MissingCommit(`${folder} is not in commit ${id}`);
      return this.source(found, limits);
    };
    let opened: Promise<Source> | undefined;
    const source = (): Promise<Source> => {
      opened ??= open();
      return opened;
    };
    return {
      list: async () => (await source()).list(),
      async *read(path) {
        yield* (await source()).read(path);
      },
    };
  }
}

const utc = (date: string | undefined): string => new Date(date ?? 0).toISOString().replace(/\.\d+Z$/, "Z");

/** Writes the files of a source to a folder, for a check that reads them again and again. */
export async function copySource(source: Source, folder: string): Promise<void> {
  for (const { path } of await source.list()) {
    const target = join(folder, path);
    if (!target.startsWith(`${folder}/`)) throw new Unreadable(`${path} leads out of its folder`);
    await mkdir(dirname(target), { recursive: true });
    const chunks: Uint8Array[] = [];
    for await (const chunk of source.read(path)) chunks.push(chunk);
    await writeFile(target, Buffer.concat(chunks), { flag: "wx" });
  }
}

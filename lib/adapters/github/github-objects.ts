import type { CommitFacts, CommitFolder } from "../../ports/forge.ts";
import { ForgeError } from "../../ports/forge-error.ts";
import { TooManyRequestsError } from "../../ports/too-many-requests-error.ts";
import { UnreadableSourceError } from "../../ports/unreadable-source-error.ts";
import { blobId } from "./blob-id.ts";
import type { GitHubArchives } from "./github-archives.ts";
import type { GitHub, RepositoryName } from "./github-client.ts";
import { gitHubTime } from "./github-time.ts";
import type { HourlyLimit } from "./hourly-limit.ts";
import { fittingBlobQuery, queryBlobs } from "./query-blobs.ts";
import { isTooMuchToQuery } from "./query-repository.ts";
import { unlessGitHubStatus } from "./unless-github-status.ts";

export interface GitHubTreeEntry {
  path: string;
  mode: string;
  type: string;
  sha: string;
  size?: number;
}

/** Maximum bytes of cached files. Most files of a commit are the same in the next commit. */
const MAX_CACHED_BYTES = 64 * 1024 * 1024;
/** Minimum files of a query. A single file costs as much by REST. */
const MIN_QUERY = 2;
/** Minimum folders of a recursive list. A single folder costs as much alone. */
const MIN_FOLDERS = 2;
const MAX_CACHED_TREES = 50_000;

/** Limits of requests for trees and blobs. */
interface ObjectsOptions {
  /** Until `resetRequests`. */
  maxRequests?: number;
  /** Requests of each hour that are left to other functions. */
  reservedRequests?: number;
  hourlyLimit?: HourlyLimit;
  archives?: GitHubArchives;
}

/** The entries of each folder of a recursive list, by its id. */
function foldersOf(all: readonly GitHubTreeEntry[]): Map<string, GitHubTreeEntry[]> {
  const byPath = new Map(
    all.filter(({ type }) => type === "tree").map(({ path, sha }) => [path, { sha, entries: [] as GitHubTreeEntry[] }]),
  );
  for (const entry of all) {
    const slash = entry.path.lastIndexOf("/");
    byPath.get(entry.path.slice(0, Math.max(slash, 0)))?.entries.push({ ...entry, path: entry.path.slice(slash + 1) });
  }
  return new Map([...byPath.values()].map(({ sha, entries }) => [sha, entries]));
}

/** Git objects read through GitHub's API. Objects are immutable, so they are cached. */
export class GitHubObjects {
  readonly #github: GitHub;
  readonly #repository: RepositoryName;
  readonly #trees = new Map<string, GitHubTreeEntry[]>();
  readonly #blobs = new Map<string, Uint8Array>();
  /** Folders whose recursive list GitHub truncates. */
  readonly #truncated = new Set<string>();
  /** Files that are not UTF-8, which queries do not return. */
  readonly #withoutText = new Set<string>();
  #blobBytes = 0;
  readonly #maxRequests: number;
  #requestsLeft: number;
  readonly #limits: ObjectsOptions;

  constructor(github: GitHub, repository: RepositoryName, limits: ObjectsOptions = {}) {
    this.#github = github;
    this.#repository = repository;
    this.#limits = limits;
    this.#maxRequests = limits.maxRequests ?? Number.POSITIVE_INFINITY;
    this.#requestsLeft = this.#maxRequests;
  }

  resetRequests(): void {
    this.#requestsLeft = this.#maxRequests;
    this.#limits.archives?.forget();
  }

  #countRequest(): void {
    this.#limits.hourlyLimit?.keep(this.#limits.reservedRequests ?? 0);
    this.#requestsLeft -= 1;
    if (this.#requestsLeft < 0)
      throw new TooManyRequestsError(`Too many files and folders: fetching them takes more than ${this.#maxRequests} requests`);
  }

  async tree(sha: string): Promise<GitHubTreeEntry[]> {
    const cached = this.#trees.get(sha);
    if (cached) return cached;
    const entries = await this.#requestTree(sha);
    if (!entries) throw new UnreadableSourceError("The folder holds more files than GitHub lists");
    this.#cacheTree(sha, entries);
    return entries;
  }

  /** Undefined if GitHub truncates the list. */
  async #requestTree(sha: string, more: { recursive?: "1" } = {}): Promise<GitHubTreeEntry[] | undefined> {
    this.#countRequest();
    const about = { ...this.#repository, tree_sha: sha, ...more };
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", about);
    return data.truncated ? undefined : (data.tree as GitHubTreeEntry[]);
  }

  #cacheTree(sha: string, entries: GitHubTreeEntry[]): void {
    if (this.#trees.size > MAX_CACHED_TREES) this.#trees.clear();
    this.#trees.set(sha, entries);
  }

  /**
   * Lists all folders below a folder by one request, unless most are known. Does nothing if GitHub truncates that list: then each folder is
   * listed when it is read.
   */
  async listBelow(sha: string, entries: readonly GitHubTreeEntry[]): Promise<void> {
    const unknown = entries.filter(({ type, path, sha }) => type === "tree" && !path.startsWith(".") && !this.#trees.has(sha));
    if (unknown.length < MIN_FOLDERS || this.#truncated.has(sha)) return;
    const all = await this.#requestTree(sha, { recursive: "1" });
    if (!all) {
      if (this.#truncated.size > MAX_CACHED_TREES) this.#truncated.clear();
      this.#truncated.add(sha);
      return;
    }
    for (const [id, listed] of foldersOf(all)) this.#cacheTree(id, listed);
  }

  /** The bytes of a file, checked against its id. */
  async blob({ sha, path }: GitHubTreeEntry, maxBytes: number): Promise<Uint8Array> {
    const cached = this.#blobs.get(sha) ?? (await this.#limits.archives?.read(sha));
    if (cached) return cached;
    this.#countRequest();
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", {
      ...this.#repository,
      file_sha: sha,
      headers: { accept: "application/vnd.github.raw+json" },
      // The response's media type has a charset, by which the client would decode the body and lose bytes that are not UTF-8.
      request: { parseSuccessResponseBody: false },
    });
    const bytes = Buffer.from(await new Response(data as unknown as ReadableStream).arrayBuffer());
    if (bytes.length > maxBytes) throw new UnreadableSourceError(`${path} is larger than ${maxBytes} bytes`);
    if (blobId(bytes) !== sha)
      throw new ForgeError(`The bytes that GitHub sent for ${path} do not match its id ${sha}`, {
        reason: "unavailable",
        publicMessage: "GitHub sent a file whose bytes do not match its id",
      });
    this.#cacheBlob(sha, bytes);
    return bytes;
  }

  hasBlob({ sha }: GitHubTreeEntry): boolean {
    return this.#blobs.has(sha) || this.#limits.archives?.has(sha) === true;
  }

  /** Fetches the files of a folder by an archive of its commit, if that is cheaper. */
  async fetchArchive(folder: CommitFolder, files: readonly GitHubTreeEntry[]): Promise<void> {
    await this.#limits.archives?.fetch(folder, files, {
      isCached: (sha) => this.#blobs.has(sha),
      countRequest: () => this.#countRequest(),
    });
  }

  /**
   * Fetches the file to be read next and small files after it by one query. A no-op for a file that queries do not return, and for a single
   * file.
   */
  async prefetch(entries: readonly GitHubTreeEntry[]): Promise<void> {
    const missing = entries.filter((entry) => !this.hasBlob(entry) && !this.#withoutText.has(entry.sha));
    const fitting = fittingBlobQuery(missing);
    if (fitting.length < MIN_QUERY || fitting[0] !== entries[0]) return;
    this.#countRequest();
    // If GitHub does not answer the query in full, the files are fetched one by one.
    const found = await queryBlobs(this.#github, this.#repository, fitting).catch((error: unknown) => {
      if (isTooMuchToQuery(error)) return new Map<string, Uint8Array>();
      throw error;
    });
    for (const [sha, bytes] of found) this.#cacheBlob(sha, bytes);
    for (const { sha } of fitting) if (!found.has(sha)) this.#withoutText.add(sha);
  }

  #cacheBlob(sha: string, bytes: Uint8Array): void {
    if (this.#blobBytes + bytes.length > MAX_CACHED_BYTES) {
      this.#blobs.clear();
      this.#blobBytes = 0;
    }
    this.#blobs.set(sha, bytes);
    this.#blobBytes += bytes.length;
  }

  async commit(sha: string): Promise<CommitFacts> {
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
      ...this.#repository,
      commit_sha: sha,
    });
    return { tree: data.tree.sha, parents: data.parents.map(({ sha }) => sha), date: gitHubTime(data.committer.date) };
  }

  /** A commit; undefined if it is not in the repository. 422: the id is not that of a commit. */
  findCommit(sha: string): Promise<CommitFacts | undefined> {
    return unlessGitHubStatus([404, 422], this.commit(sha));
  }

  async folderId(root: string, path: string): Promise<string | null> {
    let sha = root;
    for (const part of path.split("/").filter(Boolean)) {
      const entry = (await this.tree(sha)).find((entry) => entry.path === part && entry.type === "tree");
      if (!entry) return null;
      sha = entry.sha;
    }
    return sha;
  }
}

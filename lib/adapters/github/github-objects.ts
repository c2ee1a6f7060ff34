import type { CommitFacts } from "../../ports/forge.ts";
import { ForgeError } from "../../ports/forge-error.ts";
import { TooManyRequestsError } from "../../ports/too-many-requests-error.ts";
import { UnreadableSourceError } from "../../ports/unreadable-source-error.ts";
import { blobId } from "./blob-id.ts";
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
const MAX_CACHED_TREES = 50_000;

/** Limits of requests for trees and blobs. */
interface RequestLimits {
  /** Until `resetRequests`. */
  maxRequests?: number;
  /** Requests of each hour that are left to other functions. */
  reservedRequests?: number;
  hourlyLimit?: HourlyLimit;
}

/** Git objects read through GitHub's API. Objects are immutable, so they are cached. */
export class GitHubObjects {
  readonly #github: GitHub;
  readonly #repository: RepositoryName;
  readonly #trees = new Map<string, GitHubTreeEntry[]>();
  readonly #blobs = new Map<string, Uint8Array>();
  /** Files that are not UTF-8, which queries do not return. */
  readonly #withoutText = new Set<string>();
  #blobBytes = 0;
  readonly #maxRequests: number;
  #requestsLeft: number;
  readonly #limits: RequestLimits;

  constructor(github: GitHub, repository: RepositoryName, limits: RequestLimits = {}) {
    this.#github = github;
    this.#repository = repository;
    this.#limits = limits;
    this.#maxRequests = limits.maxRequests ?? Number.POSITIVE_INFINITY;
    this.#requestsLeft = this.#maxRequests;
  }

  resetRequests(): void {
    this.#requestsLeft = this.#maxRequests;
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
    this.#countRequest();
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", { ...this.#repository, tree_sha: sha });
    if (data.truncated) throw new UnreadableSourceError("The folder holds more files than GitHub lists");
    if (this.#trees.size > MAX_CACHED_TREES) this.#trees.clear();
    const entries = data.tree as GitHubTreeEntry[];
    this.#trees.set(sha, entries);
    return entries;
  }

  /** The bytes of a file, checked against its id. */
  async blob({ sha, path }: GitHubTreeEntry, maxBytes: number): Promise<Uint8Array> {
    const cached = this.#blobs.get(sha);
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
    return this.#blobs.has(sha);
  }

  /**
   * Fetches the file to be read next and small files after it by one query. A no-op for a file that queries do not return, and for a single
   * file.
   */
  async prefetch(entries: readonly GitHubTreeEntry[]): Promise<void> {
    const missing = entries.filter(({ sha }) => !this.#blobs.has(sha) && !this.#withoutText.has(sha));
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

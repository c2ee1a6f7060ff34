import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FUNCTION_LIMITS } from "../../contract/read-limits.ts";
import type { CommitFolder } from "../../ports/forge.ts";
import { hasErrorCode } from "../folder/has-error-code.ts";
import { ArchiveError } from "./archive-error.ts";
import { blobId } from "./blob-id.ts";
import { type ArchiveChoice, chooseArchive } from "./choose-archive.ts";
import type { GitHub, RepositoryName } from "./github-client.ts";
import type { GitHubTreeEntry } from "./github-objects.ts";
import { openArchive } from "./open-archive.ts";
import { readArchive } from "./read-archive.ts";

/** Maximum bytes of the files in the folder (docs/limits.md). */
const MAX_KEPT_BYTES = FUNCTION_LIMITS.totalBytes;

/**
 * After an archive failed, the next must save this many times its requests: then it may be as many times larger and slower. So archives that
 * fail cost at most twice the time of the last one.
 */
const SAVED_AFTER_FAILURE = 2;

interface ArchivesOptions {
  apiUrl: string;
  /** Holds the files, named by their ids. */
  folder: string;
  /** Logs a warning. */
  log(line: string, fields: object): void;
}

/**
 * Files of commits, fetched as archives and kept in a folder. An archive is only an optimization: files that are missing or modified in it
 * (`export-ignore` and `export-subst` in `.gitattributes`) are fetched by other requests, and so are all files if it fails.
 */
export class GitHubArchives {
  readonly #github: GitHub;
  readonly #repository: RepositoryName;
  readonly #options: ArchivesOptions;
  readonly #kept = new Set<string>();
  #keptBytes = 0;
  /** The requests that the last failed archive would have saved. */
  #failedRequests = 0;
  /** One attempt for each folder of a commit. */
  readonly #attempts = new Map<string, Promise<void>>();

  constructor(github: GitHub, repository: RepositoryName, options: ArchivesOptions) {
    this.#github = github;
    this.#repository = repository;
    this.#options = options;
  }

  /** Call this when a unit of work starts: the folder may have been emptied. */
  forget(): void {
    this.#kept.clear();
    this.#keptBytes = 0;
    this.#failedRequests = 0;
    this.#attempts.clear();
  }

  has(sha: string): boolean {
    return this.#kept.has(sha);
  }

  /** The bytes of a file, checked against its id again; undefined if the file is missing or damaged. */
  async read(sha: string): Promise<Uint8Array | undefined> {
    if (!this.#kept.has(sha)) return undefined;
    try {
      const bytes = await readFile(join(this.#options.folder, sha));
      if (blobId(bytes) === sha) return bytes;
    } catch (error) {
      if (!hasErrorCode(error, "ENOENT")) throw error;
    }
    this.#kept.delete(sha);
    return undefined;
  }

  /** Fetches the missing files as an archive, if that is cheaper. Calls `countRequest` before a request to GitHub. */
  async fetch(
    folder: CommitFolder,
    files: readonly GitHubTreeEntry[],
    { isCached, countRequest }: { isCached(sha: string): boolean; countRequest(): void },
  ): Promise<void> {
    const key = `${folder.commit}:${folder.path}`;
    const fetched =
      this.#attempts.get(key) ??
      this.#fetchMissing(
        folder,
        files.filter(({ sha }) => !isCached(sha)),
        countRequest,
      );
    this.#attempts.set(key, fetched);
    await fetched;
  }

  async #fetchMissing(folder: CommitFolder, files: readonly GitHubTreeEntry[], countRequest: () => void): Promise<void> {
    const missing = files.filter(({ sha }) => !this.#kept.has(sha));
    const needed = chooseArchive(missing);
    if (!needed) return;
    const isFull = this.#keptBytes + needed.keptBytes > MAX_KEPT_BYTES;
    if (isFull || this.#kept.size === 0) await this.#empty();
    // The files that were deleted are in this archive as well.
    const wanted = isFull ? files : missing;
    const choice = chooseArchive(wanted);
    if (!choice || choice.requests < this.#failedRequests * SAVED_AFTER_FAILURE) return;
    const seconds = Math.min(choice.seconds, folder.secondsLeft?.() ?? Number.POSITIVE_INFINITY);
    if (seconds > 0) await this.#fetchWithin(folder, wanted, { ...choice, seconds }, countRequest);
  }

  async #empty(): Promise<void> {
    this.#kept.clear();
    this.#keptBytes = 0;
    await rm(this.#options.folder, { recursive: true, force: true });
    await mkdir(this.#options.folder, { recursive: true });
  }

  async #fetchWithin(
    folder: CommitFolder,
    files: readonly GitHubTreeEntry[],
    choice: ArchiveChoice,
    countRequest: () => void,
  ): Promise<void> {
    const { folder: keptIn, log, apiUrl } = this.#options;
    const wanted = new Map(files.map((file) => [`${folder.path}/${file.path}`, file]));
    let count = 0;
    countRequest();
    try {
      const archive = await openArchive(this.#github, this.#repository, folder.commit, { apiUrl, seconds: choice.seconds });
      for await (const { sha, bytes } of readArchive(archive, wanted, choice)) {
        if (this.#kept.has(sha)) continue;
        await writeFile(join(keptIn, sha), bytes);
        this.#kept.add(sha);
        this.#keptBytes += bytes.length;
        count += 1;
      }
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      this.#failedRequests = choice.requests;
      log("archive failed: the missing files are fetched by other requests", { commit: folder.commit, files: count, error: error.message });
    }
  }
}

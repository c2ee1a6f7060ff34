import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FUNCTION_LIMITS } from "../../contract/read-limits.ts";
import type { FilePlace } from "../../ports/forge.ts";
import { ForgeError } from "../../ports/forge-error.ts";
import { hasErrorCode } from "../folder/has-error-code.ts";
import { blobId } from "./blob-id.ts";
import type { GitHub, RepositoryName } from "./github-client.ts";
import type { GitHubTreeEntry } from "./github-objects.ts";
import { openArchive } from "./open-archive.ts";
import { type ArchiveBounds, planArchive } from "./plan-archive.ts";
import { readArchive } from "./read-archive.ts";

/** Maximum of the files that are kept, in bytes (docs/limits.md). */
const MAX_KEPT_BYTES = FUNCTION_LIMITS.totalBytes;

const bytesOfFiles = (files: readonly GitHubTreeEntry[]): number => files.reduce((sum, { size = 0 }) => sum + size, 0);

interface ArchivesOptions {
  apiUrl: string;
  /** For the files, which are named by their ids. */
  folder: string;
  log(line: string, fields: object): void;
}

/**
 * Files of commits, fetched by archives and kept in a folder. An archive is only a faster way: what it lacks, or holds with other bytes
 * (`export-ignore` and `export-subst` in `.gitattributes`), is fetched without it, and so is everything if it fails.
 */
export class GitHubArchives {
  readonly #github: GitHub;
  readonly #repository: RepositoryName;
  readonly #options: ArchivesOptions;
  readonly #kept = new Set<string>();
  #keptBytes = 0;
  /** Folders of commits that an archive was asked for, each once. */
  readonly #asked = new Map<string, Promise<void>>();

  constructor(github: GitHub, repository: RepositoryName, options: ArchivesOptions) {
    this.#github = github;
    this.#repository = repository;
    this.#options = options;
  }

  /** Call it when a unit of work starts: the folder may have been emptied. */
  forget(): void {
    this.#kept.clear();
    this.#keptBytes = 0;
    this.#asked.clear();
  }

  has(sha: string): boolean {
    return this.#kept.has(sha);
  }

  /** The bytes of a file, checked against its id once more; undefined if they are not there. */
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

  /** Fetches those of these files that are missing by an archive, if that is cheaper. `countRequest`: called before it asks GitHub. */
  async fetch(
    place: FilePlace,
    files: readonly GitHubTreeEntry[],
    { isCached, countRequest }: { isCached(sha: string): boolean; countRequest(): void },
  ): Promise<void> {
    const key = `${place.commit}:${place.path}`;
    const fetched =
      this.#asked.get(key) ??
      this.#fetchMissing(
        place,
        files.filter(({ sha }) => !isCached(sha)),
        countRequest,
      );
    this.#asked.set(key, fetched);
    await fetched;
  }

  async #fetchMissing(place: FilePlace, files: readonly GitHubTreeEntry[], countRequest: () => void): Promise<void> {
    const missing = files.filter(({ sha }) => !this.#kept.has(sha));
    if (!planArchive(missing)) return;
    const isFull = this.#keptBytes + bytesOfFiles(missing) > MAX_KEPT_BYTES;
    if (isFull || this.#kept.size === 0) await this.#empty();
    // What was kept is in this archive as well.
    const wanted = isFull ? files : missing;
    const bounds = planArchive(wanted);
    const seconds = Math.min(bounds?.seconds ?? 0, place.secondsLeft?.() ?? Number.POSITIVE_INFINITY);
    if (bounds && seconds > 0) await this.#fetchWithin(place, wanted, { ...bounds, seconds }, countRequest);
  }

  async #empty(): Promise<void> {
    this.#kept.clear();
    this.#keptBytes = 0;
    await rm(this.#options.folder, { recursive: true, force: true });
    await mkdir(this.#options.folder, { recursive: true });
  }

  async #fetchWithin(place: FilePlace, files: readonly GitHubTreeEntry[], bounds: ArchiveBounds, countRequest: () => void): Promise<void> {
    const { folder, log, apiUrl } = this.#options;
    const wanted = new Map(files.map((file) => [`${place.path}/${file.path}`, file]));
    let count = 0;
    countRequest();
    try {
      const archive = await openArchive(this.#github, this.#repository, place.commit, { apiUrl, seconds: bounds.seconds });
      for await (const { sha, bytes } of readArchive(archive, wanted, bounds)) {
        await writeFile(join(folder, sha), bytes);
        this.#kept.add(sha);
        this.#keptBytes += bytes.length;
        count += 1;
      }
    } catch (error) {
      // A limit of the forge is over later; every other failure is only of the archive.
      if (error instanceof ForgeError && error.retryAfterSeconds !== undefined) throw error;
      const { name, message } = error as Error;
      log("no archive, or a part of one: other files are fetched without it", {
        commit: place.commit,
        files: count,
        error: `${name}: ${message}`,
      });
    }
  }
}

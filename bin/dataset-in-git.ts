import { folderSource } from "../lib/adapters/folder/folder-source.ts";
import { presentCommit } from "../lib/adapters/git/find-commit.ts";
import { UnknownBranchError } from "../lib/adapters/git/unknown-branch-error.ts";
import type { Source } from "../lib/ports/ports.ts";
import type { DatasetRepository } from "./dataset-repository.ts";
import type { DatasetFolder } from "./find-datasets.ts";
import type { GitContext } from "./git-context.ts";

/** A dataset at a commit of the published branch. `name` describes the commit. */
export interface PublishedDataset extends DatasetRepository {
  commit: string;
  name: string;
}

/** A dataset of the working folder, and its state in git. */
export class DatasetInGit {
  readonly name: string;
  readonly #folder: string;
  readonly #git: GitContext;

  constructor({ name, folder }: DatasetFolder, git: GitContext) {
    this.name = name;
    this.#folder = folder;
    this.#git = git;
  }

  /** Its files in the working folder. */
  source(): Source {
    return folderSource(this.#folder);
  }

  /** Its repository; undefined outside of a repository. */
  repository(): Promise<DatasetRepository | undefined> {
    return this.#git.repositoryOf(this.#folder);
  }

  /** Starts looking up the base, so that git works while the folder is checked. */
  prepare(): void {
    // Errors are thrown by `published`. A dataset with problems is not compared, so its errors do not matter.
    this.#comparedCommit().catch(() => {});
  }

  /** The dataset at the commit that the working folder is compared with, or the reason why that is unknown. */
  async published(): Promise<(PublishedDataset & { isHead: boolean }) | { unknown: string }> {
    return await this.#unlessUnknownBranch(
      () => this.#comparedCommit(),
      ({ message }) => ({ unknown: message }),
    );
  }

  /** The published branch, if it is checked out. */
  publishedHead(): Promise<string | undefined> {
    // If the branch is unknown, comparing with the newest release is sufficient.
    return this.#unlessUnknownBranch(
      () => this.#checkedOutBranch(),
      () => undefined,
    );
  }

  async #comparedCommit(): Promise<(PublishedDataset & { isHead: boolean }) | { unknown: string }> {
    const found = await this.repository();
    if (!found) return { unknown: "there is no git repository here" };
    const compared = await this.#git.comparedCommit(found.repository);
    return "unknown" in compared ? compared : { ...found, ...compared };
  }

  async #checkedOutBranch(): Promise<string | undefined> {
    const found = await this.repository();
    if (!found) return undefined;
    const { ref } = await this.#git.publishedBranch(found.repository);
    return (await presentCommit(found.repository, "HEAD")) === (await presentCommit(found.repository, ref)) ? ref : undefined;
  }

  /** Calls `otherwise` if the branch is unknown. A branch given on the command line must exist. */
  async #unlessUnknownBranch<T>(find: () => Promise<T>, otherwise: (error: UnknownBranchError) => T): Promise<T> {
    try {
      return await find();
    } catch (error) {
      if (error instanceof UnknownBranchError && this.#git.wanted === undefined) return otherwise(error);
      throw error;
    }
  }
}

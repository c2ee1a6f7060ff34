import { type ComparedCommit, comparedCommit } from "../lib/adapters/git/compared-commit.ts";
import type { GitRepository } from "../lib/adapters/git/git-repository.ts";
import { type PublishedBranch, publishedBranch } from "../lib/adapters/git/published-branch.ts";
import { type DatasetRepository, findDatasetRepository } from "./dataset-repository.ts";
import { UsageError } from "./usage-error.ts";

/** The repository of a dataset, and its published branch. */
export type PublishedRepository = DatasetRepository & { branch: PublishedBranch };

/** The state of the repositories of datasets. Results are cached, so that a command sees one consistent state. */
export class GitContext {
  /** The branch that the user named, if any. */
  readonly wanted: string | undefined;
  readonly #found = new Map<string, Promise<DatasetRepository | undefined>>();
  readonly #branches = new Map<string, Promise<PublishedBranch>>();
  readonly #compared = new Map<string, Promise<ComparedCommit>>();

  constructor(wanted?: string) {
    this.wanted = wanted;
  }

  repositoryOf(folder: string): Promise<DatasetRepository | undefined> {
    return once(this.#found, folder, () => findDatasetRepository(folder));
  }

  /** Throws `UnknownBranchError`. */
  publishedBranch(repository: GitRepository): Promise<PublishedBranch> {
    return once(this.#branches, repository.root, () => publishedBranch(repository, this.wanted));
  }

  /** The repository of a dataset and its published branch; undefined outside of a repository. Throws `UnknownBranchError`. */
  async publishedRepositoryOf(folder: string): Promise<PublishedRepository | undefined> {
    const found = await this.repositoryOf(folder);
    if (found) return { ...found, branch: await this.publishedBranch(found.repository) };
    if (this.wanted === undefined) return undefined;
    throw new UsageError(`There is no git repository at ${folder}, so there is no branch "${this.wanted}"`);
  }

  /** The commit that a working folder is compared with. Throws `UnknownBranchError`. */
  comparedCommit(repository: GitRepository): Promise<ComparedCommit> {
    return once(this.#compared, repository.root, async () => comparedCommit(repository, await this.publishedBranch(repository)));
  }
}

function once<T>(answers: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = answers.get(key) ?? ask();
  answers.set(key, known);
  return known;
}

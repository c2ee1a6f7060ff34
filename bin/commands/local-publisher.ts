import { directoryReader } from "../../lib/adapters/folder/directory-reader.ts";
import { BranchWithoutCommitError } from "../../lib/adapters/git/branch-without-commit-error.ts";
import { readSite } from "../../lib/render/site.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { findingsRefuse } from "../findings-refuse.ts";
import { GitContext } from "../git-context.ts";
import { PublishedTrees } from "../published-trees.ts";
import { printPublishedBranches } from "./print-published-branches.ts";
import { type PublishOptions, publishDatasets } from "./publish.ts";
import { renewPublishedHead } from "./renew-published-head.ts";

/** The address of a local server, which is valid only while that server runs. */
const LOCAL = /^http:\/\/127\.0\.0\.1:\d+$/;

/** Publishes the branch repeatedly, each time only the datasets that changed. */
export class LocalPublisher {
  readonly #datasets: readonly DatasetFolder[];
  readonly #options: PublishOptions;
  readonly #trees = new PublishedTrees();
  readonly #refused = new Set<string>();
  #branch: string | undefined;

  constructor(datasets: readonly DatasetFolder[], options: PublishOptions) {
    this.#datasets = datasets;
    this.#options = options;
  }

  get isRefused(): boolean {
    return this.#refused.size > 0;
  }

  /** Finds the branch, and prints its name, unless it has no commit yet. */
  async findBranch(): Promise<void> {
    try {
      await this.#findBranch();
    } catch (error) {
      if (!(error instanceof BranchWithoutCommitError)) throw error;
    }
  }

  /** Determined once, at the first commit, because branches may be added while this runs. */
  async #findBranch(): Promise<void> {
    const [first] = this.#datasets;
    if (this.#branch !== undefined || !first) return;
    const git = new GitContext(this.#options.branch);
    this.#branch = (await git.publishedRepositoryOf(first.folder))?.branch.name;
    await printPublishedBranches(this.#datasets, git);
  }

  /** `base`: address of the server. Pages use the address given to `publish --url`, or else `base`. */
  async publish(base: string): Promise<void> {
    await this.#findBranch();
    const changed = await this.#trees.changed(this.#datasets, this.#branch);
    // With no dataset left, publishing records that the last one ended.
    if (changed.datasets.length > 0 || this.#datasets.length === 0) await this.#publish(changed.datasets, base);
    changed.done();
  }

  async #publish(datasets: DatasetFolder[], base: string): Promise<void> {
    const branch = this.#branch === undefined ? {} : { branch: this.#branch };
    const { url = base } = await readSite(directoryReader(this.#options.store));
    const options = { ...this.#options, ...branch, ...(LOCAL.test(url) ? { url: base } : {}) };
    await publishDatasets(datasets, options, {
      onPublished: (name, result) => {
        if (findingsRefuse(result)) this.#refused.add(name);
        else this.#refused.delete(name);
      },
    });
  }

  /** Publishes again without changes: the verdict on refused commits may depend on the clock, and the signed head is renewed daily. */
  async renew(base: string): Promise<void> {
    if (this.isRefused) this.#trees.forget(this.#refused);
    await this.publish(base);
    await renewPublishedHead(this.#options);
  }
}

import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import type { Base, CheckedChange, FindBase } from "../../lib/build/check-change.ts";
import { DATASET_FILE } from "../../lib/contract/dataset-files.ts";
import { fileProblem } from "../../lib/diagnostics/problem.ts";
import { readCatalogueOrEmpty } from "../../lib/ports/read-catalogue.ts";
import { endedRemovalProblems } from "../../lib/publish/ended-removal-problems.ts";
import { nextVersion } from "../../lib/release/next-version.ts";
import { unknownVersions } from "../../lib/release/unknown-versions.ts";
import type { DatasetInGit } from "../dataset-in-git.ts";
import { BranchBase } from "./branch-base.ts";
import { checkUnreleased } from "./check-unreleased.ts";
import type { Comparison } from "./comparison.ts";
import type { PublishedStore } from "./published-store.ts";
import { releaseBase } from "./release-base.ts";
import { declaredReleaseAt } from "./releases-before.ts";

/** Compares a dataset with its releases in a store, as for publishing. */
export class StoreComparison implements Comparison {
  readonly #dataset: DatasetInGit;
  readonly #store: PublishedStore;
  #base: Base | undefined;

  constructor(dataset: DatasetInGit, store: PublishedStore) {
    this.#dataset = dataset;
    this.#store = store;
  }

  readonly findBase: FindBase = async (open, now) => {
    const { reader } = this.#store;
    const branch = new BranchBase(this.#dataset, now, open);
    const repository = () => this.#dataset.repository();
    const releases = { dataset: this.#dataset.name, reader, repository, openBranch: () => branch.content(), open };
    this.#base = (await releaseBase(releases, now.dataset.metadata.release ?? {})) ?? (await this.#baseWithoutCatalogue());
    return this.#base;
  };

  /** The base if the store has no releases of a dataset. Unknown if the published branch would already release it. */
  async #baseWithoutCatalogue(): Promise<Base> {
    const { address } = this.#store;
    const published = await this.#dataset.published();
    // On the published branch itself, the first publish may be still to come.
    if ("unknown" in published || published.isHead) return { kind: "new", name: address };
    const { repository, path, commit, name } = published;
    const { version } = await declaredReleaseAt(gitHistory(repository, commit, path), { id: commit, date: null, tree: null });
    if (version === undefined) return { kind: "new", name: address };
    return { kind: "unknown", why: `${address} has no releases of ${this.#dataset.name}, but ${name} releases it from ${version}` };
  }

  readonly checkControls: Comparison["checkControls"] = async (release) => {
    const { catalogue } = await readCatalogueOrEmpty(this.#store.reader, this.#dataset.name);
    const problems = unknownVersions(catalogue, { commit: null, date: null, release }).map((version) =>
      fileProblem(
        DATASET_FILE,
        `${version} is not a release, so it cannot be withdrawn or removed`,
        "Use a version that releases.json lists.",
      ),
    );
    return { problems, warnings: endedRemovalProblems(catalogue, release) };
  };

  checkCommits(): ReturnType<Comparison["checkCommits"]> {
    return checkUnreleased(this.#dataset, this.#store.reader);
  }

  /** Never applies, because the base is a release. */
  withoutSelf(checked: CheckedChange): CheckedChange {
    return checked;
  }

  levelLine({ change, dataset, notCompared }: CheckedChange): string | undefined {
    const minimumVersion = dataset?.metadata.release?.version;
    if (notCompared !== undefined) return `not compared: ${notCompared}`;
    if (this.#base?.kind === "new") return minimumVersion ? `next release ${minimumVersion}: the first` : undefined;
    if (!change || this.#base?.kind !== "known") return undefined;
    const { level, summary, base } = change;
    if (level === "none") return `no new release: no published content differs from ${base}`;
    return `${minimumVersion ? `next release ${nextVersion(this.#base.version, level, minimumVersion)}: ` : ""}${level} against ${base}, ${summary}`;
  }
}

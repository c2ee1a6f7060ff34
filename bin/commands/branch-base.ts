import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import { hasSameFiles } from "../../lib/adapters/git/has-same-files.ts";
import { readFolderId } from "../../lib/adapters/git/read-folder-id.ts";
import { baseOfChange } from "../../lib/build/base-of-change.ts";
import type { Base, Now, OpenWorkspace } from "../../lib/build/check-change.ts";
import { type BranchState, lastValidState, MAX_COMMITS_BACK } from "../../lib/build/last-valid-state.ts";
import { openBase } from "../../lib/build/open-base.ts";
import { shortCommitId } from "../../lib/contract/short-commit-id.ts";
import type { Workspace } from "../../lib/ports/ports.ts";
import { baseAfterControls } from "../../lib/release/base-after-controls.ts";
import type { CatalogueEntry } from "../../lib/release/catalogue.ts";
import type { DatasetInGit, PublishedDataset } from "../dataset-in-git.ts";
import { RUNTIME } from "../runtime.ts";
import { releasesBefore, UNKNOWN_RELEASES } from "./releases-before.ts";

export interface FoundBase {
  base: Base;
  /** Name of the checked-out commit, if the base is that commit. Without differences, nothing was compared. */
  head?: string;
  /** The base is the first parent of the checked-out commit, whose files equal the working folder. */
  parent?: { of: string; commit: string };
}

/** The base of a valid dataset of the working folder, without a store: its published branch, or a release that the branch made. */
export class BranchBase {
  readonly #dataset: DatasetInGit;
  readonly #now: Now;
  /** Opens workspaces for the base, which exist until the comparison ends. */
  readonly #open: OpenWorkspace;

  constructor(dataset: DatasetInGit, now: Now, open: OpenWorkspace) {
    this.#dataset = dataset;
    this.#now = now;
    this.#open = open;
  }

  async find(): Promise<FoundBase> {
    const published = await this.#dataset.published();
    if ("unknown" in published) return { base: { kind: "unknown", why: published.unknown } };
    if (!published.isHead) return { base: (await this.#baseAt(published)).base };
    const isCommitted = await this.#isUnchangedSince(published);
    const parent = isCommitted ? await firstParent(published) : undefined;
    if (parent) return { base: (await this.#baseAt(parent)).base, parent: { of: published.name, commit: shortCommitId(parent.commit) } };
    const { base, isAssumed } = await this.#baseAt(published);
    return { base, ...(isCommitted || !isAssumed ? { head: published.name } : {}) };
  }

  /** The content of the published branch; undefined if the branch is unknown. */
  async content(): Promise<Base | undefined> {
    const published = await this.#dataset.published();
    return "unknown" in published ? undefined : this.#contentAt(published);
  }

  async #baseAt(published: PublishedDataset): Promise<{ base: Base; isAssumed: boolean }> {
    const assumed = await this.#assumedReleaseAt(published);
    return { base: assumed ?? (await this.#contentAt(published)), isAssumed: assumed !== undefined };
  }

  /** The release that a change or the last commit is compared with because of withdrawals or removals; undefined if that is the branch. */
  async #assumedReleaseAt(published: PublishedDataset): Promise<Base | undefined> {
    const { repository, path, commit, name } = published;
    const { release = {} } = this.#now.dataset.metadata;
    const history = gitHistory(repository, commit, path);
    const state = await releasesBefore(history, commit, { dataset: this.#dataset.name, release });
    if (state === undefined) return undefined;
    if (state === "unknown") return { kind: "unknown", why: UNKNOWN_RELEASES };
    const found = baseAfterControls(state.catalogue, release);
    if (!found || found.isOfBranch) return undefined;
    const openEntry = ({ version, commit: made }: CatalogueEntry, workspace: Workspace): Promise<Base> => {
      const shown = `${shortCommitId(made ?? "")} of ${name}, which made ${version} if each commit was published`;
      return openBase(shown, history.at({ id: made, date: null, tree: null }), RUNTIME, workspace);
    };
    return baseOfChange(found, { openEntry, openBranch: () => this.#contentAt(published) }, this.#open);
  }

  /** The dataset at a commit or, if it has problems there, at the last earlier commit without problems. */
  async #contentAt(published: PublishedDataset): Promise<Base> {
    const { repository, path, name } = published;
    const { release } = this.#now.dataset.metadata;
    // The working folder is valid and unchanged since the commit, so the commit need not be built.
    if (await this.#isUnchangedSince(published)) return { kind: "known", name, side: this.#now, version: release?.version };
    const base = await lastValidState<Base>(branchStates(published), {
      name,
      attempt: async (state, shown) => {
        const source = commitSource(repository, state.commit, path, state.folderId);
        return openBase(shown, source, RUNTIME, await this.#open());
      },
      isInvalid: (base) => base.kind === "unknown" && base.isInvalid === true,
    });
    return base ?? { kind: "new", name };
  }

  /** Whether the working folder has the files of a commit. */
  async #isUnchangedSince({ repository, path, commit }: PublishedDataset): Promise<boolean> {
    const tree = await readFolderId(repository, commit, path);
    return tree !== undefined && hasSameFiles(this.#dataset.source(), commitSource(repository, commit, path, tree));
  }
}

/** The first parent of a commit; undefined if it has none, or if a shallow clone lacks it. */
async function firstParent(published: PublishedDataset): Promise<PublishedDataset | undefined> {
  const { repository, commit, name } = published;
  const [, parent] = (await repository.git("rev-list", "--parents", "--max-count=1", commit, "--")).trim().split(" ");
  return parent === undefined ? undefined : { ...published, commit: parent, name: `${shortCommitId(parent)}, the first parent of ${name}` };
}

async function* branchStates({ repository, path, commit }: PublishedDataset): AsyncGenerator<BranchState> {
  const line = await repository.git("rev-list", "--first-parent", `--max-count=${MAX_COMMITS_BACK}`, commit, "--");
  for (const id of line.trim().split("\n")) yield { commit: id, folderId: (await readFolderId(repository, id, path)) ?? null };
}

import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import type { ComparedCommit } from "../../lib/adapters/git/compared-commit.ts";
import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import { hasSameFiles } from "../../lib/adapters/git/has-same-files.ts";
import { readFolderId } from "../../lib/adapters/git/read-folder-id.ts";
import { UnknownBranchError } from "../../lib/adapters/git/unknown-branch-error.ts";
import { baseOfChange } from "../../lib/build/base-of-change.ts";
import type { Base, Now, OpenWorkspace } from "../../lib/build/check-change.ts";
import { type BranchState, lastValidState, MAX_COMMITS_BACK } from "../../lib/build/last-valid-state.ts";
import { openBase } from "../../lib/build/open-base.ts";
import { shortCommitId } from "../../lib/contract/short-commit-id.ts";
import type { Workspace } from "../../lib/ports/ports.ts";
import { baseAfter } from "../../lib/release/base-after.ts";
import type { CatalogueEntry } from "../../lib/release/catalogue.ts";
import type { Control } from "../../lib/release/with-controls.ts";
import type { DatasetRepository } from "../dataset-repository.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import type { GitContext } from "../git-context.ts";
import { RUNTIME } from "../runtime.ts";
import { releasesBefore, UNKNOWN_RELEASES } from "./releases-before.ts";

export interface FoundBase {
  base: Base;
  /** Name of the checked-out commit, if the working folder is compared with it: if nothing differs, nothing was compared. */
  head?: string;
  /** The base is the first parent of the checked-out commit, which the working folder equals. */
  isParent?: true;
}

const unknown = (why: string): FoundBase => ({ base: { kind: "unknown", why } });

/** The commit to compare with, or the reason why it is unknown. */
export async function baseComparison({ repository }: DatasetRepository, git: GitContext): Promise<ComparedCommit> {
  try {
    return await git.comparedCommit(repository);
  } catch (error) {
    // A branch named on the command line must exist.
    if (error instanceof UnknownBranchError && git.wanted === undefined) return { unknown: error.message };
    throw error;
  }
}

/** A dataset at the commit of the published branch that it is compared with; `name` is that of the commit. */
interface PublishedDataset extends DatasetRepository {
  commit: string;
  name: string;
}

/** Whether the working folder has the files of the published branch. */
async function isUnchanged({ folder }: DatasetFolder, { repository, path, commit }: PublishedDataset): Promise<boolean> {
  const tree = await readFolderId(repository, commit, path);
  return tree !== undefined && hasSameFiles(folderSource(folder), commitSource(repository, commit, path, tree));
}

/** Finds the base of a valid dataset on the published branch, without a store. */
export async function branchBase(dataset: DatasetFolder, git: GitContext, open: OpenWorkspace, now: Now): Promise<FoundBase> {
  const { release = {} } = now.dataset.metadata;
  const found = await git.repositoryOf(dataset.folder);
  if (!found) return unknown("there is no git repository here");
  const compared = await baseComparison(found, git);
  if ("unknown" in compared) return unknown(compared.unknown);
  const baseOf = async (published: PublishedDataset): Promise<{ base: Base; isAssumed: boolean }> => {
    const openBranch = (): Promise<Base> => branchContent(dataset, published, open, now);
    const assumed = await assumedBase(published, { dataset: dataset.name, release, openBranch }, open);
    return { base: assumed ?? (await openBranch()), isAssumed: assumed !== undefined };
  };
  const published = { ...found, ...compared };
  if (!compared.isHead) return { base: (await baseOf(published)).base };
  const isCommitted = await isUnchanged(dataset, published);
  const parent = isCommitted ? await firstParent(published) : undefined;
  if (parent) return { base: (await baseOf(parent)).base, isParent: true };
  const { base, isAssumed } = await baseOf(published);
  return { base, ...(isCommitted || !isAssumed ? { head: compared.name } : {}) };
}

/** The first parent of a commit; undefined if it has none, or if a shallow clone lacks it. */
async function firstParent(published: PublishedDataset): Promise<PublishedDataset | undefined> {
  const { repository, commit, name } = published;
  const [, parent] = (await repository.git("rev-list", "--parents", "--max-count=1", commit, "--")).trim().split(" ");
  return parent === undefined ? undefined : { ...published, commit: parent, name: `the first parent of ${name}, ${shortCommitId(parent)}` };
}

/** The content of the branch that a valid dataset is compared with; undefined if the branch is unknown. */
export async function openBranchState(dataset: DatasetFolder, git: GitContext, open: OpenWorkspace, now: Now): Promise<Base | undefined> {
  const found = await git.repositoryOf(dataset.folder);
  const compared = found && (await baseComparison(found, git));
  return !compared || "unknown" in compared ? undefined : branchContent(dataset, { ...found, ...compared }, open, now);
}

interface AssumedChange {
  dataset: string;
  release: Control["release"];
  openBranch(): Promise<Base>;
}

/** The release that a change, or the last commit, is compared with if withdrawals or removals decide; undefined if it is the branch. */
async function assumedBase(
  { repository, path, commit, name }: PublishedDataset,
  { dataset, release, openBranch }: AssumedChange,
  open: OpenWorkspace,
): Promise<Base | undefined> {
  const history = gitHistory(repository, commit, path);
  const state = await releasesBefore(history, commit, { dataset, release });
  if (state === undefined) return undefined;
  if (state === "unknown") return { kind: "unknown", why: UNKNOWN_RELEASES };
  const found = baseAfter(state.catalogue, release);
  if (!found || found.isOfBranch) return undefined;
  const openEntry = ({ version, commit: made }: CatalogueEntry, workspace: Workspace): Promise<Base> => {
    const shown = `${shortCommitId(made ?? "")} of ${name}, which made ${version} if each commit was published`;
    return openBase(shown, history.at({ id: made, date: null, tree: null }), RUNTIME, workspace);
  };
  return baseOfChange(found, { openEntry, openBranch }, open);
}

/** The dataset at the compared commit or, where that has problems, at the last one before it without. */
async function branchContent(dataset: DatasetFolder, published: PublishedDataset, open: OpenWorkspace, now: Now): Promise<Base> {
  const { repository, path, name } = published;
  // What is valid now was valid there, and need not be built again.
  if (await isUnchanged(dataset, published)) return { kind: "known", name, side: now, version: now.dataset.metadata.release?.version };
  const base = await lastValidState<Base>(branchStates(published), {
    name,
    attempt: async (state, shown) => openBase(shown, commitSource(repository, state.commit, path, state.folderId), RUNTIME, await open()),
    isInvalid: (one) => one.kind === "unknown" && one.isInvalid === true,
  });
  return base ?? { kind: "new", name };
}

async function* branchStates({ repository, path, commit }: PublishedDataset): AsyncGenerator<BranchState> {
  const line = await repository.git("rev-list", "--first-parent", `--max-count=${MAX_COMMITS_BACK}`, commit, "--");
  for (const id of line.trim().split("\n")) yield { commit: id, folderId: (await readFolderId(repository, id, path)) ?? null };
}

import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import type { ComparedCommit } from "../../lib/adapters/git/compared-commit.ts";
import { folderTree } from "../../lib/adapters/git/folder-tree.ts";
import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import { hasSameFiles } from "../../lib/adapters/git/has-same-files.ts";
import { UnknownBranchError } from "../../lib/adapters/git/unknown-branch-error.ts";
import type { Base, Now, OpenWorkspace } from "../../lib/build/check-change.ts";
import { openBase } from "../../lib/build/open-base.ts";
import type { ReleaseSide } from "../../lib/build/release-side.ts";
import { shortCommitId } from "../../lib/contract/short-commit-id.ts";
import { committedSide } from "../../lib/publish/committed-side.ts";
import { baseAfter } from "../../lib/release/base-after.ts";
import type { CatalogueEntry } from "../../lib/release/catalogue.ts";
import type { Control } from "../../lib/release/with-controls.ts";
import type { DatasetRepository } from "../dataset-repository.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import type { GitContext } from "../git-context.ts";
import { RUNTIME } from "../runtime.ts";
import { releasesBefore, UNKNOWN_RELEASES } from "./releases-before.ts";

/** Maximum commits to go back for a valid state of the branch: an invalid one was never released. */
const MAX_STEPS_BACK = 50;

export interface FoundBase {
  base: Base;
  /** The base is the checked-out commit: if nothing differs, nothing was compared. */
  isHead: boolean;
}

const unknown = (why: string): FoundBase => ({ base: { kind: "unknown", why }, isHead: false });

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

/** Whether the working folder has the files of a commit. */
async function isUnchanged({ folder }: DatasetFolder, { repository, path }: DatasetRepository, commit: string): Promise<boolean> {
  const tree = await folderTree(repository, commit, path);
  return tree !== undefined && hasSameFiles(folderSource(folder), commitSource(repository, commit, path, tree));
}

/** Finds the base of a valid dataset on the published branch, without a store. */
export async function branchBase(dataset: DatasetFolder, git: GitContext, open: OpenWorkspace, now: Now): Promise<FoundBase> {
  const { release = {} } = now.dataset.metadata;
  const found = await git.repositoryOf(dataset.folder);
  if (!found) return unknown("there is no git repository here");
  const compared = await baseComparison(found, git);
  if ("unknown" in compared) return unknown(compared.unknown);
  const inForce = await assumedBase(found, compared, { dataset: dataset.name, release }, open);
  if (inForce) return { base: inForce, isHead: false };
  const { commit, name, isHead } = compared;
  // What is valid now was valid there, and need not be built again.
  if (await isUnchanged(dataset, found, commit)) return { base: { kind: "known", name, side: now, version: release.version }, isHead };
  return { base: await lastValid(found, compared, open), isHead };
}

/** The commit of the release in force, if the change, or the last commit, withdraws or removes the newest release. */
async function assumedBase(
  { repository, path }: DatasetRepository,
  { commit, name }: { commit: string; name: string },
  { dataset, release }: { dataset: string; release: Control["release"] },
  open: OpenWorkspace,
): Promise<Base | undefined> {
  const history = gitHistory(repository, commit, path);
  const state = await releasesBefore(history, commit, { dataset, release });
  if (state === undefined) return undefined;
  if (state === "unknown") return { kind: "unknown", why: UNKNOWN_RELEASES };
  const found = baseAfter(state.catalogue, release);
  if (!found || found.entry === found.newest) return undefined;
  const openSide = committedSide({ history, runtime: RUNTIME });
  const sideOf = async (entry: CatalogueEntry): Promise<ReleaseSide> => openSide(entry, state.catalogue, await open());
  return {
    kind: "known",
    name: `${shortCommitId(found.entry.commit ?? "")} of ${name}, which made ${found.entry.version} if each commit was published`,
    side: await sideOf(found.entry),
    version: found.newest.version,
    ...(found.withdrawsNewest ? { withdrawn: await sideOf(found.newest) } : {}),
  };
}

/** The dataset at a commit, or at the last earlier commit without problems. */
async function lastValid(
  { repository, path }: DatasetRepository,
  { commit, name }: { commit: string; name: string },
  open: OpenWorkspace,
): Promise<Base> {
  const history = (await repository.git("rev-list", "--first-parent", `--max-count=${MAX_STEPS_BACK}`, commit, "--")).trim().split("\n");
  let first: Base | undefined;
  let tried: string | null = null;
  for (const id of history) {
    const tree = (await folderTree(repository, id, path)) ?? null;
    if (tree === null) return first ?? { kind: "new", name };
    if (tree === tried) continue;
    tried = tree;
    const shown = id === commit ? name : `${shortCommitId(id)}, the last commit of ${name} without problems`;
    const base = await openBase(shown, commitSource(repository, id, path), RUNTIME, await open());
    if (base.kind === "known") return base;
    first ??= base;
  }
  return first ?? { kind: "new", name };
}

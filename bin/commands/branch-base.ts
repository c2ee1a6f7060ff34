import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import type { Comparison } from "../../lib/adapters/git/compared-commit.ts";
import { folderTree } from "../../lib/adapters/git/folder-tree.ts";
import { UnknownBranchError } from "../../lib/adapters/git/unknown-branch-error.ts";
import type { Base } from "../../lib/build/check-change.ts";
import { openBase } from "../../lib/build/open-base.ts";
import { shortCommitId } from "../../lib/contract/short-commit-id.ts";
import type { Workspace } from "../../lib/ports/ports.ts";
import type { DatasetRepository } from "../dataset-repository.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import type { GitContext } from "../git-context.ts";
import { RUNTIME } from "../runtime.ts";

/** Maximum commits to go back for a valid state of the branch: an invalid one was never released. */
const MAX_STEPS_BACK = 50;

export interface FoundBase {
  base: Base;
  /** The base is the checked-out commit: if nothing differs, nothing was compared. */
  isHead: boolean;
}

export type OpenWorkspace = () => Promise<Workspace>;

const unknown = (why: string): FoundBase => ({ base: { kind: "unknown", why }, isHead: false });

/** The commit to compare with, or the reason why it is unknown. */
async function comparedWith({ repository }: DatasetRepository, git: GitContext): Promise<Comparison> {
  try {
    return await git.comparedCommit(repository);
  } catch (error) {
    // A branch named on the command line must exist.
    if (error instanceof UnknownBranchError && git.wanted === undefined) return { unknown: error.message };
    throw error;
  }
}

/** Finds the base on the published branch, without a store. */
export async function branchBase(dataset: DatasetFolder, git: GitContext, open: OpenWorkspace): Promise<FoundBase> {
  const found = await git.repositoryOf(dataset.folder);
  if (!found) return unknown("there is no git repository here");
  const compared = await comparedWith(found, git);
  if ("unknown" in compared) return unknown(compared.unknown);
  return { base: await lastValid(found, compared, open), isHead: compared.isHead };
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

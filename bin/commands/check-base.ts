import { comparedCommit, shortId } from "../../lib/adapters/git/compared-commit.ts";
import { commitSource, folderTree } from "../../lib/adapters/git/git-history.ts";
import { type PublishedBranch, publishedBranch, UnknownBranchError } from "../../lib/adapters/git/published-branch.ts";
import { type Base, openBase } from "../../lib/build/check-change.ts";
import { releaseSide } from "../../lib/build/compare-releases.ts";
import type { Workspace } from "../../lib/ports/ports.ts";
import { emptyCatalogue, removedReason } from "../../lib/release/catalogue.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import { storedRelease } from "../../lib/render/release-projections.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { type InRepository, openReader, repositoryOf } from "../places.ts";
import { RUNTIME } from "../runtime.ts";

/** How far back a valid state of the branch is looked for: what is not valid was never released. */
const MAX_STEPS_BACK = 50;

export interface FoundBase {
  base: Base;
  /** The base is the commit that is checked out: where nothing differs from it, nothing was compared. */
  isHead: boolean;
}

type OpenWorkspace = () => Promise<Workspace>;

const unknown = (why: string): FoundBase => ({ base: { kind: "unknown", why }, isHead: false });

/** The published branch, or why it is not known. */
async function branchOf(found: InRepository, wanted: string | undefined): Promise<PublishedBranch | string> {
  try {
    return await publishedBranch(found.repository, wanted);
  } catch (error) {
    // A branch named on the command line must exist.
    if (error instanceof UnknownBranchError && wanted === undefined) return error.message;
    throw error;
  }
}

/** The published branch where HEAD left it: no store is needed. */
export async function branchBase(dataset: DatasetFolder, wanted: string | undefined, open: OpenWorkspace): Promise<FoundBase> {
  const found = await repositoryOf(dataset.folder);
  if (!found) return unknown("there is no git repository here");
  const branch = await branchOf(found, wanted);
  if (typeof branch === "string") return unknown(branch);
  const compared = await comparedCommit(found.repository, branch);
  if ("unknown" in compared) return unknown(compared.unknown);
  return { base: await lastValid(found, compared, open), isHead: compared.isHead };
}

/** The dataset at a commit or, where it has problems there, at the last commit before that has none. */
async function lastValid(
  { repository, path }: InRepository,
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
    const shown = id === commit ? name : `${shortId(id)}, the last commit of ${name} without problems`;
    const base = await openBase(shown, commitSource(repository, id, path), RUNTIME, await open());
    if (base.kind === "known") return base;
    first ??= base;
  }
  return first ?? { kind: "new", name };
}

/** The newest release of a store. */
export async function releaseBase(dataset: DatasetFolder, place: string, open: OpenWorkspace): Promise<Base> {
  const reader = await openReader(place);
  const stored = await reader.get(`${dataset.name}/releases.json`);
  const catalogue = stored ? parseCatalogue(stored.bytes) : emptyCatalogue(dataset.name);
  const [entry] = catalogue.releases;
  if (!entry) return { kind: "new", name: place };
  const newest = entry.version;
  // The files of a removed release may be gone; its commit still says what they held.
  if (removedReason(catalogue, newest) !== undefined) {
    const found = await repositoryOf(dataset.folder);
    if (!found || !entry.commit) return { kind: "unknown", why: `${newest} was removed, and its commit is not here to be compared with` };
    const base = await openBase(newest, commitSource(found.repository, entry.commit, found.path), RUNTIME, await open());
    return base.kind === "known" ? { ...base, version: newest } : base;
  }
  const at = `${dataset.name}/${newest}`;
  return { kind: "known", name: newest, side: await releaseSide(storedRelease(reader, at), at), version: newest };
}

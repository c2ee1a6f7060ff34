import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import { findCommit } from "../../lib/adapters/git/find-commit.ts";
import type { GitRepository } from "../../lib/adapters/git/git-repository.ts";
import { baseOfChange } from "../../lib/build/base-of-change.ts";
import type { Base, OpenWorkspace } from "../../lib/build/check-change.ts";
import { openBase } from "../../lib/build/open-base.ts";
import { releaseSide } from "../../lib/build/release-side.ts";
import type { Store, Workspace } from "../../lib/ports/ports.ts";
import { readCatalogueOrEmpty } from "../../lib/ports/read-catalogue.ts";
import { storedRelease } from "../../lib/ports/stored-release.ts";
import { type BaseAfterControls, baseAfterControls } from "../../lib/release/base-after-controls.ts";
import type { Catalogue, CatalogueEntry } from "../../lib/release/catalogue.ts";
import { recordedCommits } from "../../lib/release/recorded-commits.ts";
import { removedReason } from "../../lib/release/removed-reason.ts";
import type { Control } from "../../lib/release/with-controls.ts";
import { withdrawnReason } from "../../lib/release/withdrawn-reason.ts";
import type { DatasetRepository } from "../dataset-repository.ts";
import { RUNTIME } from "../runtime.ts";

/** The releases of a dataset, and access to its commits. */
export interface Releases {
  dataset: string;
  reader: Pick<Store, "get" | "read">;
  repository: () => Promise<DatasetRepository | undefined>;
  /** The content of the branch before the change; undefined if the branch is unknown. */
  openBranch: () => Promise<Base | undefined>;
  /** Opens workspaces for the base, which exist until the comparison ends. */
  open: OpenWorkspace;
}

/** The release that a change is compared with, chosen as for publishing; undefined if there is none. */
export async function releaseBase(releases: Releases, release: Control["release"]): Promise<Base | undefined> {
  const { catalogue } = await readCatalogueOrEmpty(releases.reader, releases.dataset);
  const found = baseAfterControls(catalogue, await withUnseen(releases, catalogue, release));
  return found && openReleaseBase(releases, catalogue, found);
}

const isAncestor = async (repository: GitRepository, commit: string, of: string): Promise<boolean> => {
  const known = await findCommit(repository, commit);
  return known !== undefined && (await repository.ask("merge-base", "--is-ancestor", known, of)) !== undefined;
};

/** Adds withdrawals by commits that the branch does not contain: it does not end them, since it will contain them after a merge. */
async function withUnseen({ repository }: Releases, catalogue: Catalogue, release: Control["release"]): Promise<Control["release"]> {
  const found = await repository();
  const unseen = [];
  for (const version of found ? (baseAfterControls(catalogue, release)?.reinstated ?? []) : []) {
    const commit = catalogue.withdrawn.findLast((event) => event.version === version)?.commit;
    if (!found || !commit || (await isAncestor(found.repository, commit, "HEAD"))) continue;
    unseen.push({ version, reason: withdrawnReason(catalogue, version) ?? "" });
  }
  return { ...release, withdrawn: [...(release.withdrawn ?? []), ...unseen] };
}

/** `catalogue`: without the withdrawals and removals of the change. */
const openReleaseBase = (releases: Releases, catalogue: Catalogue, found: BaseAfterControls): Promise<Base> =>
  baseOfChange(
    found,
    {
      openEntry: (entry, workspace) => openEntry(releases, catalogue, entry, workspace),
      openBranch: () => releases.openBranch(),
    },
    releases.open,
  );

async function openEntry(
  { dataset, reader, repository }: Releases,
  catalogue: Catalogue,
  { version, commit }: CatalogueEntry,
  workspace: Workspace,
): Promise<Base> {
  const at = `${dataset}/${version}`;
  if (removedReason(catalogue, version) === undefined)
    return { kind: "known", name: version, side: await releaseSide(storedRelease(reader, at), at), version };
  // The files of a removed release may be deleted, but its commit still has the content.
  const found = await repository();
  if (!found || !commit || (await findCommit(found.repository, commit)) === undefined)
    return { kind: "unknown", why: `${version} was removed, and this clone lacks its commit` };
  return openBase(version, commitSource(found.repository, commit, found.path), RUNTIME, workspace);
}

/**
 * The release that a change is compared with because of withdrawals or removals; undefined if that is the branch. `tip`: a commit of the
 * branch; undefined is returned unless it contains all commits that the catalogue records.
 */
export async function releaseBaseUnlessBranch(releases: Releases, tip: string, release: Control["release"]): Promise<Base | undefined> {
  const { catalogue } = await readCatalogueOrEmpty(releases.reader, releases.dataset);
  const found = baseAfterControls(catalogue, release);
  if (!found || found.isOfBranch) return undefined;
  const repository = (await releases.repository())?.repository;
  for (const commit of recordedCommits(catalogue))
    if (!repository || commit === null || !(await isAncestor(repository, commit, tip))) return undefined;
  return openReleaseBase(releases, catalogue, found);
}

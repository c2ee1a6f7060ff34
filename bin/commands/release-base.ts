import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import { findCommit } from "../../lib/adapters/git/find-commit.ts";
import type { Base, OpenWorkspace } from "../../lib/build/check-change.ts";
import { openBase } from "../../lib/build/open-base.ts";
import { type ReleaseSide, releaseSide } from "../../lib/build/release-side.ts";
import type { Store } from "../../lib/ports/ports.ts";
import { storedRelease } from "../../lib/ports/stored-release.ts";
import { type BaseAfter, baseAfter } from "../../lib/release/base-after.ts";
import type { Catalogue, CatalogueEntry } from "../../lib/release/catalogue.ts";
import { removedReason } from "../../lib/release/removed-reason.ts";
import type { Control } from "../../lib/release/with-controls.ts";
import type { DatasetRepository } from "../dataset-repository.ts";
import { RUNTIME } from "../runtime.ts";
import { readCatalogue } from "./read-catalogue.ts";

/** The releases of a dataset, and where its commits are. */
export interface Releases {
  dataset: string;
  reader: Pick<Store, "get" | "read">;
  repository: () => Promise<DatasetRepository | undefined>;
}

/** The release that a change is compared with, as for publishing. `place`: of the store, for messages. */
export async function releaseBase(releases: Releases, place: string, release: Control["release"], open: OpenWorkspace): Promise<Base> {
  const catalogue = await readCatalogue(releases);
  const found = baseAfter(catalogue, release);
  return found ? openReleaseBase(releases, catalogue, found, open) : { kind: "new", name: place };
}

async function openReleaseBase(
  releases: Releases,
  catalogue: Catalogue,
  { entry, newest, withdrawsNewest }: BaseAfter,
  open: OpenWorkspace,
): Promise<Base> {
  const side = await releaseContent(releases, catalogue, entry, open);
  if (!side) return { kind: "unknown", why: `${entry.version} was removed, and its commit is not here to be compared with` };
  const withdrawn = withdrawsNewest ? await releaseContent(releases, catalogue, newest, open) : undefined;
  return { kind: "known", name: entry.version, side, version: newest.version, ...(withdrawn ? { withdrawn } : {}) };
}

async function releaseContent(
  { dataset, reader, repository }: Releases,
  catalogue: Catalogue,
  { version, commit }: CatalogueEntry,
  open: OpenWorkspace,
): Promise<ReleaseSide | undefined> {
  const at = `${dataset}/${version}`;
  if (removedReason(catalogue, version) === undefined) return releaseSide(storedRelease(reader, at), at);
  // The files of a removed release may be deleted; its commit still has its content.
  const found = await repository();
  if (!found || !commit) return undefined;
  const base = await openBase(version, commitSource(found.repository, commit, found.path), RUNTIME, await open());
  return base.kind === "known" ? base.side : undefined;
}

/**
 * For a change of a branch whose commit `tip` has all releases: the release to compare with, if the change withdraws or removes the newest one.
 * Undefined if it does not: then it is compared with the branch.
 */
export async function baseInForce(
  releases: Releases,
  tip: string,
  release: Control["release"],
  open: OpenWorkspace,
): Promise<Base | undefined> {
  const catalogue = await readCatalogue(releases);
  const found = baseAfter(catalogue, release);
  if (!found || found.entry === found.newest || found.newest.commit === null) return undefined;
  const repository = (await releases.repository())?.repository;
  const commit = repository && (await findCommit(repository, found.newest.commit));
  if (!repository || commit === undefined) return undefined;
  if ((await repository.ask("merge-base", "--is-ancestor", commit, tip)) === undefined) return undefined;
  return openReleaseBase(releases, catalogue, found, open);
}

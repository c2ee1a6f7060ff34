import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import type { Base } from "../../lib/build/check-change.ts";
import { openBase } from "../../lib/build/open-base.ts";
import { releaseSide } from "../../lib/build/release-side.ts";
import { storedRelease } from "../../lib/ports/stored-release.ts";
import { emptyCatalogue } from "../../lib/release/catalogue.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import { removedReason } from "../../lib/release/removed-reason.ts";
import { findDatasetRepository } from "../dataset-repository.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { RUNTIME } from "../runtime.ts";
import type { OpenWorkspace } from "./branch-base.ts";
import type { PublishedStore } from "./published-store.ts";

/** The newest release of a store. */
export async function releaseBase(dataset: DatasetFolder, { place, reader }: PublishedStore, open: OpenWorkspace): Promise<Base> {
  const stored = await reader.get(`${dataset.name}/releases.json`);
  const catalogue = stored ? parseCatalogue(stored.bytes) : emptyCatalogue(dataset.name);
  const [entry] = catalogue.releases;
  if (!entry) return { kind: "new", name: place };
  const newest = entry.version;
  // The files of a removed release may be deleted; its commit still has its content.
  if (removedReason(catalogue, newest) !== undefined) {
    const found = await findDatasetRepository(dataset.folder);
    if (!found || !entry.commit) return { kind: "unknown", why: `${newest} was removed, and its commit is not here to be compared with` };
    const base = await openBase(newest, commitSource(found.repository, entry.commit, found.path), RUNTIME, await open());
    return base.kind === "known" ? { ...base, version: newest } : base;
  }
  const at = `${dataset.name}/${newest}`;
  return { kind: "known", name: newest, side: await releaseSide(storedRelease(reader, at), at), version: newest };
}

import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { EARLIER_GENERATORS } from "../contract/generator.ts";
import { MANIFEST_FILE } from "../contract/release-files.ts";
import { bodyOf } from "../ports/body-of.ts";
import type { Artifact } from "../ports/ports.ts";
import { readCatalogue } from "../ports/read-catalogue.ts";
import { sha256 } from "../ports/sha256.ts";
import { putRelease, type ReleaseTarget } from "../publish/put-release.ts";
import { type CatalogueEntry, emptyCatalogue } from "../release/catalogue.ts";
import { removedReason } from "../release/removed-reason.ts";
import { KEPT_FILES, tombstoneText } from "../release/tombstone-text.ts";
import { isRecordLinesObjectKey } from "../render/record-lines-object-key.ts";
import { type RebuildSetup, type Replay, withReplay } from "./replay.ts";
import { ReplayedFiles } from "./replayed-files.ts";
import { RestoreError } from "./restore-error.ts";
import type { VerificationError } from "./verification-error.ts";

export interface Restored {
  restored: number;
  whole: number;
}

interface Restoring {
  target: ReleaseTarget;
  replay: Replay;
  /** Versions of Factpress that may have built the next release, the most likely first. */
  generators: readonly string[];
}

/** Whether the store has a release with the manifest that the catalogue lists. */
async function isStored({ target: { store, dataset } }: Restoring, { version, manifest }: CatalogueEntry): Promise<boolean> {
  const stored = await store.get(`${dataset}/${version}/${MANIFEST_FILE}`);
  return stored !== undefined && sha256(stored.bytes) === manifest;
}

async function count(store: ReleaseTarget["store"], prefix: string): Promise<number> {
  let objects = 0;
  for await (const _ of store.list(prefix)) objects += 1;
  return objects;
}

/** Writes the missing files of a release, or their tombstones. Returns whether any were missing. */
async function putMissingFiles(
  job: Restoring,
  { version }: CatalogueEntry,
  artifacts: readonly Artifact[],
  files: ReplayedFiles,
): Promise<boolean> {
  const { store, dataset } = job.target;
  const at = `${dataset}/${version}/`;
  const before = await count(store, at);
  const reason = removedReason(job.replay.catalogue, version);
  const whole = reason === undefined ? artifacts : artifacts.filter(({ name }) => KEPT_FILES.includes(name));
  const read = (name: string): AsyncIterable<Uint8Array> => {
    const chunks = files.read(`${at}${name}`);
    if (!chunks) throw new RestoreError(`${at}${name} was not built`);
    return chunks;
  };
  if ((await putRelease(job.target, version, whole, { read })) !== "put")
    throw new RestoreError(`${at} contains other files. Nothing was overwritten.`);
  if (reason !== undefined)
    for (const { name } of artifacts.filter(({ name }) => !KEPT_FILES.includes(name)))
      await store.putIfMatch(`${at}${name}`, Buffer.from(tombstoneText(version, reason)), null);
  return (await count(store, at)) > before;
}

/** Rebuilds one release as built by `generator`, and writes its missing files. Returns whether any were missing, or a difference. */
async function restoreAs(job: Restoring, generator: string, index: number, from: number): Promise<boolean | VerificationError> {
  const { replay, target } = job;
  const { catalogue, runtime } = replay;
  const entry = catalogue.releases[index] as CatalogueEntry;
  const { version } = entry;
  const at = `${target.dataset}/${version}/`;
  const workspace = await runtime.openWorkspace();
  try {
    const own = new ReplayedFiles(workspace, new Set([version]));
    const replayed = await replay.release(index, { from, generator, own });
    if (!replayed) throw new RestoreError(`${version} was compared with a release that was removed and cannot be rebuilt`);
    if (replayed.difference) {
      replay.kept.forget(version);
      return replayed.difference;
    }
    const { rebuild } = replayed;
    const artifacts = [...rebuild.put].flatMap(([key, facts]) => (key.startsWith(at) ? [{ name: key.slice(at.length), ...facts }] : []));
    const isRestored = await putMissingFiles(job, entry, artifacts, own);
    if (removedReason(catalogue, version) === undefined)
      for (const [key, bytes] of rebuild.written) if (isRecordLinesObjectKey(key)) await target.store.putIfAbsent(key, bodyOf(bytes));
    return isRestored;
  } finally {
    await workspace.discard();
  }
}

/** Rebuilds one release and writes its missing files. Returns whether any were missing. */
async function restoreOne(job: Restoring, index: number, from: number): Promise<boolean> {
  const { replay, target, generators } = job;
  let difference: VerificationError | undefined;
  for (const generator of generators) {
    const done = await restoreAs(job, generator, index, from);
    if (typeof done === "boolean") {
      job.generators = [generator, ...generators.filter((other) => other !== generator)];
      return done;
    }
    difference ??= done;
  }
  const { version } = replay.catalogue.releases[index] as CatalogueEntry;
  throw new RestoreError(
    `${version} of ${target.dataset} cannot be restored: ${difference?.message}. Either another version than factpress ${replay.runtime.generator} built it, or the catalogue was changed.`,
  );
}

async function restoreAll(job: Restoring): Promise<Restored> {
  const { replay, target } = job;
  const { catalogue, releaseCommits } = replay;
  const done: Restored = { restored: 0, whole: 0 };
  let from = -1;
  for (let i = catalogue.releases.length - 1; i >= 0; i -= 1) {
    const entry = catalogue.releases[i] as CatalogueEntry;
    const at = releaseCommits.found.get(entry.version);
    if (at === undefined && !(await isStored(job, entry)))
      throw new RestoreError(
        `${entry.version} cannot be restored: ${entry.commit === null ? "it was made from a folder without git" : `the published branch no longer contains its commit ${entry.commit}`}. Copy its folder from a mirror, and verify it.`,
      );
    if (at !== undefined && (await restoreOne(job, i, from))) {
      done.restored += 1;
      replay.runtime.log(`${target.dataset} ${entry.version}  restored`);
    } else done.whole += 1;
    from = at ?? from;
  }
  // Verifies that every withdrawal and removal comes from a commit. A missing newer release is left to publish.
  if (releaseCommits.withoutCommit.length === 0) await replay.tip(from);
  return done;
}

/** Whether a dataset without a catalogue never had a release: nothing of it is stored, and its commits make none. */
async function hasNoRelease({ store, dataset }: ReleaseTarget, rebuilding: RebuildSetup): Promise<boolean> {
  if ((await count(store, `${dataset}/`)) + (await count(store, `pages/${dataset}/`)) > 0) return false;
  return withReplay(rebuilding, store, emptyCatalogue(dataset), async (replay) => (await replay.tip(-1)) === undefined);
}

/**
 * Writes the missing files of every release in the catalogue of a store, or the tombstones of removed releases. The catalogue is untrusted:
 * only releases that a rebuild from git confirms are written. Undefined if the dataset has no release, neither in the store nor in git.
 */
export async function restoreReleases(target: ReleaseTarget, rebuilding: RebuildSetup): Promise<Restored | undefined> {
  const { store, dataset } = target;
  const catalogue = (await readCatalogue(store, dataset))?.catalogue;
  if (!catalogue) {
    if (await hasNoRelease(target, rebuilding)) return undefined;
    throw new RestoreError(
      `${catalogueObjectKey(dataset)} is not in the store. Put a copy of the catalogue there first, or publish again.`,
    );
  }
  return withReplay(rebuilding, store, catalogue, (replay) =>
    restoreAll({ target, replay, generators: [...new Set([replay.runtime.generator, ...EARLIER_GENERATORS])] }),
  );
}

import { type Catalogue, type CatalogueEntry, parseCatalogue, removedReason } from "../release/catalogue.ts";
import { KEPT, tombstoneText } from "../release/tombstone.ts";
import { buildTables } from "./build-release.ts";
import { readDataset } from "./check-dataset.ts";
import { builtSide, compare, type Side } from "./compare-releases.ts";
import { makeRelease } from "./make-release.ts";
import type { Artifact, History, Say, StartEngine, Workspace } from "./ports.ts";
import { type Putting, putRelease } from "./publish-dataset.ts";

export interface Rebuilding {
  history: Pick<History, "at">;
  startEngine: StartEngine;
  openWorkspace(): Promise<Workspace>;
  generator: string;
}

/** What a release cannot be built from again. */
export class CannotRebuild extends Error {
  override name = "CannotRebuild";
}

/**
 * Builds every release of a catalogue again, oldest first, from its commits: numbers and dates are the catalogue's.
 * `take` gets the files while they are there.
 */
export async function rebuildReleases(
  { history, startEngine, openWorkspace, generator }: Rebuilding,
  catalogue: Catalogue,
  take: (entry: CatalogueEntry, artifacts: readonly Artifact[], workspace: Workspace) => Promise<void>,
): Promise<void> {
  let before: { entry: CatalogueEntry; side: Side; workspace: Workspace } | undefined;
  try {
    for (const entry of [...catalogue.releases].reverse()) {
      const workspace = await openWorkspace();
      try {
        const source = history.at({ id: entry.commit, date: entry.date, tree: null });
        const { dataset } = await readDataset(source);
        const tables = dataset && (await buildTables(dataset, source, startEngine, workspace));
        if (!dataset || tables?.problemCount !== 0)
          throw new CannotRebuild(
            `Commit ${entry.commit}, of which ${entry.version} was made, does not pass the checks of factpress ${generator}`,
          );
        const side = builtSide(dataset, tables.artifacts, workspace);
        const since = before && {
          version: before.entry.version,
          old: before.side,
          now: side,
          difference: await compare(before.side, side, workspace),
        };
        const facts = {
          version: entry.version,
          commit: entry.commit,
          date: entry.date,
          previous: before?.entry.manifest ?? null,
          generator,
        };
        await take(entry, await makeRelease(dataset, facts, tables.artifacts, since, workspace), workspace);
        await before?.workspace.discard();
        before = { entry, side, workspace };
      } catch (error) {
        await workspace.discard();
        throw error;
      }
    }
  } finally {
    await before?.workspace.discard();
  }
}

/** Puts the files of every release of a store's catalogue that it has lost. Removed releases get their tombstones back. */
export async function restoreReleases(putting: Putting, rebuilding: Rebuilding, say: Say): Promise<{ restored: number; whole: number }> {
  const { store, dataset } = putting;
  const stored = await store.get(`${dataset}/releases.json`);
  if (!stored)
    throw new CannotRebuild(`${dataset}/releases.json is not in the store. Put a copy of the catalogue there first, or publish anew.`);
  const catalogue = parseCatalogue(stored.bytes);
  let [restored, whole] = [0, 0];
  await rebuildReleases(rebuilding, catalogue, async (entry, artifacts, workspace) => {
    const { version, manifest } = entry;
    const found = artifacts.find(({ name }) => name === "SHA256SUMS")?.sha256;
    if (found !== manifest)
      throw new CannotRebuild(
        `${version} of ${dataset} comes out otherwise than the catalogue says (SHA256SUMS ${found}, not ${manifest}): it was built by another version of Factpress than ${rebuilding.generator}. Nothing of it was written.`,
      );
    const standing = new Set<string>();
    for await (const { key } of store.list(`${dataset}/${version}/`)) standing.add(key.split("/").at(-1) as string);
    const reason = removedReason(catalogue, version);
    if (artifacts.every(({ name }) => standing.has(name))) {
      whole += 1;
      return;
    }
    const kept = reason === undefined ? artifacts : artifacts.filter(({ name }) => KEPT.includes(name));
    const outcome = await putRelease(putting, version, kept, workspace);
    if (outcome !== "put") throw new CannotRebuild(`Something else stands at ${dataset}/${version}. Nothing was overwritten.`);
    if (reason !== undefined)
      for (const { name } of artifacts.filter(({ name }) => !KEPT.includes(name)))
        await store.putIfMatch(`${dataset}/${version}/${name}`, Buffer.from(tombstoneText(version, reason)), null);
    restored += 1;
    say(`${dataset} ${version}  put back`);
  });
  return { restored, whole };
}

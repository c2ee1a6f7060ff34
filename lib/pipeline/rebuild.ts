import type { Dataset } from "../dataset/dataset.ts";
import { FIRST_LAYOUT, LAYOUT } from "../dataset/layout.ts";
import { type Catalogue, type CatalogueEntry, comparedEntry, removedReason } from "../release/catalogue.ts";
import { parseCatalogue } from "../release/parse-catalogue.ts";
import { KEPT, tombstoneText } from "../release/tombstone.ts";
import { buildTables } from "./build-release.ts";
import { readDataset } from "./check-dataset.ts";
import { builtSide, compare, type Side, sourceSide } from "./compare-releases.ts";
import { makeRelease } from "./make-release.ts";
import type { Artifact, History, Say, Source, StartEngine, Workspace } from "./ports.ts";
import { type Putting, putRelease } from "./put-release.ts";
import { putRecordLines } from "./record-lines.ts";
import { layoutShows } from "./release-layout.ts";
import { readSite } from "./site.ts";

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

/** A release that was built again, while its files are there. */
export interface Built {
  dataset: Dataset;
  source: Source;
  side: Side;
  artifacts: Artifact[];
  workspace: Workspace;
}

interface Rebuilt {
  entry: CatalogueEntry;
  side: Side;
}

/**
 * Builds one release again. `before` is the release before it, `compared` the one that it was compared with. `quiet`: as it
 * is built after a release that was removed.
 */
async function rebuildOne(
  { history, startEngine, openWorkspace, generator }: Rebuilding,
  entry: CatalogueEntry,
  before: CatalogueEntry | undefined,
  compared: Rebuilt | undefined,
  quiet: boolean,
): Promise<Built> {
  const workspace = await openWorkspace();
  try {
    const source = history.at({ id: entry.commit, date: entry.date, tree: null });
    const layout = entry.layout ?? FIRST_LAYOUT;
    if (layout > LAYOUT)
      throw new CannotRebuild(
        `${entry.version} was built in layout ${layout} by a newer Factpress; this is ${generator}, which knows layouts up to ${LAYOUT}`,
      );
    const { dataset } = await readDataset(source, undefined, layout);
    const tables = dataset && (await buildTables(dataset, source, startEngine, workspace));
    if (!dataset || tables?.problemCount !== 0)
      throw new CannotRebuild(
        `Commit ${entry.commit}, of which ${entry.version} was made, does not pass the checks of factpress ${generator}`,
      );
    const side = builtSide(dataset, tables.artifacts, workspace);
    const last = compared?.side.shape.package.layout ?? layout;
    const shows = last !== layout && (await layoutShows(dataset, source, startEngine, [last, layout]));
    const since = compared && {
      version: compared.entry.version,
      old: compared.side,
      now: side,
      difference: await compare(compared.side, side, workspace, shows),
      quiet,
      ...(before && before.version !== compared.entry.version ? { skipped: { version: before.version, manifest: before.manifest } } : {}),
    };
    const { version, commit, date } = entry;
    const facts = { version, commit, date, previous: before?.manifest ?? null, generator };
    return { dataset, source, side, artifacts: await makeRelease(dataset, facts, tables.artifacts, since, workspace), workspace };
  } catch (error) {
    await workspace.discard();
    throw error;
  }
}

const manifestOf = (artifacts: readonly Artifact[]): string | undefined => artifacts.find(({ name }) => name === "SHA256SUMS")?.sha256;

/** The release that an entry names as the one it was compared with, built again from its commit. */
async function namedSide({ history, startEngine, generator }: Rebuilding, entry: CatalogueEntry, workspace: Workspace): Promise<Rebuilt> {
  const { commit, date, version } = entry;
  const layout = entry.layout ?? FIRST_LAYOUT;
  const side = await sourceSide(history.at({ id: commit, date, tree: null }), startEngine, workspace, layout);
  if (!side) throw new CannotRebuild(`Commit ${commit}, of which ${version} was made, does not pass the checks of factpress ${generator}`);
  return { entry, side };
}

/** Builds a release again and compares it with what its entry says it was compared with. */
async function rebuildEntry(
  rebuilding: Rebuilding,
  catalogue: Catalogue,
  entry: CatalogueEntry,
  before: Rebuilt | undefined,
): Promise<Built> {
  const past = await rebuilding.openWorkspace();
  try {
    const named = before && entry.comparedWith !== undefined ? comparedEntry(catalogue, entry.version) : undefined;
    if (before && entry.comparedWith !== undefined && !named)
      throw new CannotRebuild(`${entry.version} was compared with ${entry.comparedWith}, which is not listed before it`);
    const compared = named ? await namedSide(rebuilding, named, past) : before;
    const built = await rebuildOne(rebuilding, entry, before?.entry, compared, false);
    if (!compared || manifestOf(built.artifacts) === entry.manifest || removedReason(catalogue, compared.entry.version) === undefined)
      return built;
    // The catalogue does not say whether that release was removed by then; the hash does.
    await built.workspace.discard();
    return await rebuildOne(rebuilding, entry, before?.entry, compared, true);
  } finally {
    await past.discard();
  }
}

/**
 * Builds every release of a catalogue again, oldest first, from its commits: numbers and dates are the catalogue's.
 * `take` gets the files while they are there.
 */
export async function rebuildReleases(
  rebuilding: Rebuilding,
  catalogue: Catalogue,
  take: (entry: CatalogueEntry, built: Built) => Promise<void>,
): Promise<void> {
  let before: { entry: CatalogueEntry; side: Side; workspace: Workspace } | undefined;
  try {
    for (const entry of [...catalogue.releases].reverse()) {
      if (entry.commit === null)
        throw new CannotRebuild(`${entry.version} was made of a folder without git: there is no commit to build it from`);
      const built = await rebuildEntry(rebuilding, catalogue, entry, before);
      try {
        await take(entry, built);
      } finally {
        await before?.workspace.discard();
        before = { entry, side: built.side, workspace: built.workspace };
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
  const { repository } = await readSite(store);
  await rebuildReleases(rebuilding, catalogue, async (entry, { artifacts, workspace, ...built }) => {
    const { version, manifest } = entry;
    const found = manifestOf(artifacts);
    if (found !== manifest)
      throw new CannotRebuild(
        `${version} of ${dataset} comes out otherwise than the catalogue says (SHA256SUMS ${found}, not ${manifest}): it was built by another version of Factpress than ${rebuilding.generator}. Nothing of it was written.`,
      );
    const reason = removedReason(catalogue, version);
    const before = await count(store, `${dataset}/${version}/`);
    const kept = reason === undefined ? artifacts : artifacts.filter(({ name }) => KEPT.includes(name));
    const outcome = await putRelease(putting, version, kept, workspace);
    if (outcome !== "put") throw new CannotRebuild(`Something else stands at ${dataset}/${version}. Nothing was overwritten.`);
    if (reason !== undefined)
      for (const { name } of artifacts.filter(({ name }) => !KEPT.includes(name)))
        await store.putIfMatch(`${dataset}/${version}/${name}`, Buffer.from(tombstoneText(version, reason)), null);
    if (reason === undefined && repository)
      await putRecordLines(store, version, { ...built, read: workspace.read, startEngine: rebuilding.startEngine });
    if ((await count(store, `${dataset}/${version}/`)) === before) whole += 1;
    else {
      restored += 1;
      say(`${dataset} ${version}  put back`);
    }
  });
  return { restored, whole };
}

async function count(store: Putting["store"], prefix: string): Promise<number> {
  let objects = 0;
  for await (const _ of store.list(prefix)) objects += 1;
  return objects;
}

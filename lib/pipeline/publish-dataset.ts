import semver from "semver";
import type { Dataset } from "../dataset/dataset.ts";
import { keyText } from "../engine/engine.ts";
import type { JsonRecord } from "../export/cells.ts";
import { type Catalogue, type CatalogueEntry, catalogueText, emptyCatalogue, parseCatalogue } from "../release/catalogue.ts";
import { changesJson, changesMarkdown } from "../release/changes.ts";
import { datapackage, type ReleaseFacts } from "../release/datapackage.ts";
import { breaking, type Difference, levelOf, type Package, packageChanges, summary } from "../release/difference.ts";
import { majorIsAnnounced, nextPatch, nextVersion } from "../release/version.ts";
import { buildTables, finishRelease } from "./build-release.ts";
import { readDataset } from "./check-dataset.ts";
import { compareRecords } from "./compare-records.ts";
import type { Aliases, Artifact, Commit, History, Say, StartEngine, Store, Workspace } from "./ports.ts";
import { projectDataset } from "./project-dataset.ts";

export interface Publishing {
  dataset: string;
  history: History;
  store: Store;
  aliases: Aliases;
  startEngine: StartEngine;
  openWorkspace(): Promise<Workspace>;
  now(): Date;
  generator: string;
  say: Say;
}

export interface Published {
  released: CatalogueEntry[];
  /** Commits that were passed over, and why. */
  passedOver: { commit: string | null; why: string }[];
  catalogue: Catalogue;
}

const DAY = 24 * 60 * 60 * 1000;
const ROUNDS = 100;

/** Raised where a release cannot be published as it stands in the store. */
class DamagedRelease extends Error {
  override name = "DamagedRelease";
}

const keyOf =
  (dataset: Dataset) =>
  (table: string, record: object): string => {
    const plan = dataset.plans.find(({ name }) => name === table);
    return plan ? keyText(plan, record as JsonRecord) : JSON.stringify(record);
  };

async function previousPackage(store: Store, dataset: string, version: string): Promise<Package> {
  const stored = await store.get(`${dataset}/${version}/datapackage.json`);
  if (!stored) throw new DamagedRelease(`${dataset}/${version}/datapackage.json is missing in the store`);
  return JSON.parse(Buffer.from(stored.bytes).toString("utf8")) as Package;
}

/** What a built dataset differs in from a release in the store. */
async function differenceFrom(
  store: Store,
  name: string,
  version: string,
  dataset: Dataset,
  now: Package,
  workspace: Workspace,
): Promise<Difference> {
  const old = await previousPackage(store, name, version);
  const schema = packageChanges(old, now);
  const tables: Difference["tables"] = {};
  for (const plan of dataset.plans)
    if (old.resources.some(({ path }) => path === `${plan.name}.ndjson`))
      tables[plan.name] = await compareRecords(
        plan,
        () => store.read(`${name}/${version}/${plan.name}.ndjson`),
        workspace.read(`${plan.name}.ndjson`),
      );
  return { level: levelOf(schema, tables), schema, tables };
}

type Step = { skip: string } | { same: true } | { release: CatalogueEntry; artifacts: Artifact[]; said: string };

/** Builds the release that a commit makes after the newest one, or says why it makes none. */
async function buildCommit(job: Publishing, commit: Commit, catalogue: Catalogue, broken: boolean, workspace: Workspace): Promise<Step> {
  const source = job.history.at(commit);
  const { dataset, problems } = await readDataset(source);
  if (!dataset)
    return {
      skip: problems
        .map(({ file, message }) => `${file}: ${message}`)
        .slice(0, 3)
        .join("; "),
    };
  const floor = dataset.metadata.release?.version;
  if (floor === undefined) return { skip: "a draft: dataset.json names no release.version" };
  if (commit.date && Date.parse(commit.date) > job.now().getTime() + DAY)
    return { skip: `it is dated ${commit.date}, more than a day ahead of the clock` };
  const tables = await buildTables(dataset, source, job.startEngine, workspace);
  if (tables.problemCount > 0)
    return {
      skip: `${tables.problemCount} problem${tables.problemCount > 1 ? "s" : ""}, the first in ${tables.problems[0]?.file}:${tables.problems[0]?.line}: ${tables.problems[0]?.message}`,
    };
  const newest = catalogue.releases[0];
  const facts: ReleaseFacts = {
    commit: commit.id,
    date: commit.date && newest?.date && newest.date > commit.date ? newest.date : commit.date,
    previous: newest?.manifest ?? null,
    generator: job.generator,
  };
  const more = new Map<string, string>();
  let level: CatalogueEntry["level"] = "first";
  let version = freeVersion(job, floor);
  let said = "first release";
  if (newest) {
    const draft = finishDraft(dataset, facts, tables.artifacts);
    const difference = await differenceFrom(job.store, job.dataset, newest.version, dataset, draft, workspace);
    level = difference.level;
    said = `${level}: ${summary(difference)}`;
    if (level === "none") return { same: true };
    if (level === "major" && !majorIsAnnounced(newest.version, floor))
      return {
        skip: `it breaks readers and release.version announces no ${semver.major(newest.version) + 1}.0.0: ${breaking(difference, keyOf(dataset)).slice(0, 5).join("; ")}`,
      };
    version = freeVersion(job, nextVersion(newest.version, level, floor));
    more.set("changes.json", changesJson(newest.version, version, difference));
    more.set("CHANGES.md", changesMarkdown(newest.version, version, difference, keyOf(dataset)));
  }
  facts.version = version;
  const artifacts = await finishRelease(dataset, facts, tables.artifacts, more, workspace);
  const manifest = artifacts.find(({ name }) => name === "SHA256SUMS")?.sha256 as string;
  return {
    release: { version, date: facts.date, commit: commit.id, level, manifest, ...(broken ? { break: true as const } : {}) },
    artifacts,
    said,
  };
}

/** The datapackage of a release whose number is not known yet: enough to compare. */
export const finishDraft = (dataset: Dataset, facts: ReleaseFacts, tables: readonly Artifact[]): Package => {
  const always = ["schema.json", "README.md", "LICENSE", "CITATION.cff"].map((name) => ({ name, bytes: 0, sha256: "" }));
  return JSON.parse(JSON.stringify(datapackage(dataset, facts, [...tables, ...always]))) as Package;
};

/** Numbers whose claim by another build was met in this run. */
const spent = new WeakMap<Publishing, Set<string>>();
const freeVersion = (job: Publishing, version: string): string =>
  spent.get(job)?.has(version) ? freeVersion(job, nextPatch(version)) : version;

/** Puts every file of a release: the manifest first, which claims the number for this build. */
async function putRelease(
  job: Publishing,
  version: string,
  artifacts: readonly Artifact[],
  workspace: Workspace,
): Promise<"put" | "spent"> {
  const claim = artifacts.filter(({ name }) => name === "SHA256SUMS");
  for (const { name, bytes, sha256 } of [...claim, ...artifacts.filter(({ name }) => name !== "SHA256SUMS")]) {
    const key = `${job.dataset}/${version}/${name}`;
    const outcome = await job.store.putIfAbsent(key, { bytes, sha256, open: () => workspace.read(name) });
    if (outcome !== "other") continue;
    if (name === "SHA256SUMS") return "spent";
    throw new DamagedRelease(`${key} stands in the store with other bytes than its manifest names. Nothing was overwritten.`);
  }
  return "put";
}

async function readCatalogue(job: Publishing): Promise<{ catalogue: Catalogue; etag: string | null }> {
  const stored = await job.store.get(`${job.dataset}/releases.json`);
  return stored ? { catalogue: parseCatalogue(stored.bytes), etag: stored.etag } : { catalogue: emptyCatalogue(job.dataset), etag: null };
}

interface Round {
  released?: CatalogueEntry;
  again: boolean;
  passedOver: Published["passedOver"];
}

/** Reads catalogue and tip anew, makes at most one release, and says whether to go on. */
async function round(job: Publishing): Promise<Round> {
  const { catalogue, etag } = await readCatalogue(job);
  const newest = catalogue.releases[0];
  const { base, commits, broken, behind } = await job.history.after(newest?.commit ?? null);
  const passedOver: Published["passedOver"] = [];
  if (behind) passedOver.push({ commit: null, why: "the branch stands behind the newest release (set back, or a copy that lags)" });
  let tree = base;
  for (const commit of commits) {
    const unchanged = commit.tree === tree || commit.tree === null;
    tree = commit.tree;
    if (unchanged) continue;
    const workspace = await job.openWorkspace();
    try {
      const step = await buildCommit(job, commit, catalogue, broken, workspace);
      if ("same" in step) continue;
      if ("skip" in step) {
        passedOver.push({ commit: commit.id, why: step.skip });
        continue;
      }
      if ((await putRelease(job, step.release.version, step.artifacts, workspace)) === "spent") {
        spent.set(job, (spent.get(job) ?? new Set()).add(step.release.version));
        return { again: true, passedOver };
      }
      const next: Catalogue = { ...catalogue, releases: [step.release, ...catalogue.releases] };
      if (!(await job.store.putIfMatch(`${job.dataset}/releases.json`, Buffer.from(catalogueText(next)), etag)))
        return { again: true, passedOver };
      job.say(`${job.dataset} ${step.release.version}  ${step.said}`);
      return { released: step.release, again: true, passedOver };
    } finally {
      await workspace.discard();
    }
  }
  return { again: false, passedOver };
}

/** Publishes what the branch holds beyond the newest release, then projects pages and aliases. Running it again adds nothing. */
export async function publishDataset(job: Publishing): Promise<Published> {
  const released: CatalogueEntry[] = [];
  const passedOver = new Map<string, Published["passedOver"][number]>();
  for (let i = 0; i < ROUNDS; i += 1) {
    const outcome = await round(job);
    for (const item of outcome.passedOver) passedOver.set(`${item.commit} ${item.why}`, item);
    if (outcome.released) released.push(outcome.released);
    if (!outcome.again) break;
  }
  const catalogue = await projectDataset(job.store, job.aliases, job.dataset);
  return { released, passedOver: [...passedOver.values()], catalogue };
}

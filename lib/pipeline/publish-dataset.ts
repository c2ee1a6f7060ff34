import type { Dataset } from "../dataset/dataset.ts";
import { atFile, inFile, type Problem, unhandled } from "../dataset/problem.ts";
import {
  type Catalogue,
  type CatalogueEntry,
  type Control,
  catalogueText,
  emptyCatalogue,
  removedReason,
  unknownVersions,
  withControls,
} from "../release/catalogue.ts";
import type { ReleaseFacts } from "../release/datapackage.ts";
import { breaking, type Package, summary } from "../release/difference.ts";
import { parseCatalogue } from "../release/parse-catalogue.ts";
import { detachedJws, keySetText, parseKeySet, signingInput } from "../release/signature.ts";
import { isTombstone } from "../release/tombstone.ts";
import { nextPatch, nextVersion, shrinking, unannounced } from "../release/version.ts";
import { bodyOf } from "./body.ts";
import { buildTables } from "./build-release.ts";
import { readDataset } from "./check-dataset.ts";
import { builtSide, compare, promiseOf, releaseSide, type Side, sourceSide } from "./compare-releases.ts";
import { makeRelease, type Since } from "./make-release.ts";
import type { Aliases, Artifact, Commit, History, Say, Signer, StartEngine, StartSql, Store, Workspace } from "./ports.ts";
import { projectDataset, projectHome } from "./project-dataset.ts";
import { storedRelease } from "./projections.ts";
import { putRecordLines } from "./record-lines.ts";
import { runChecks } from "./run-checks.ts";
import { readSite } from "./site.ts";

/** What it takes to put the files of a release. */
export interface Putting {
  dataset: string;
  store: Store;
  /** Releases are unsigned where there is none. */
  signer?: Signer;
}

export interface Publishing extends Putting {
  history: History;
  aliases: Aliases;
  startEngine: StartEngine;
  startSql: StartSql;
  openWorkspace(): Promise<Workspace>;
  now(): Date;
  generator: string;
  /** So many releases are made in one run; the next run goes on. */
  maxReleases?: number;
  say: Say;
}

/** Something about a commit that its author should know. */
interface Finding {
  commit: string | null;
  why: string;
  problems: Problem[];
}

export interface Published {
  released: CatalogueEntry[];
  /** Commits that make no release, and why. */
  passedOver: Finding[];
  /** What is wrong with commits that pass their checks, whether they make a release or not. */
  remarks: Finding[];
  catalogue: Catalogue;
  /** More releases are to be made by the next run. */
  more: boolean;
}

const DAY = 24 * 60 * 60 * 1000;
/** So often a run begins again because somebody else was first, without getting on itself. */
const CONFLICTS = 100;

/** Raised where a release cannot be published as it stands in the store. */
class DamagedRelease extends Error {
  override name = "DamagedRelease";
}

/** What a commit comes to. */
type Step =
  | { problems: Problem[]; why?: string }
  | { dataset: Dataset }
  | { dataset: Dataset; entry: CatalogueEntry; artifacts: Artifact[]; said: string };

/** Builds the release that a commit makes after the newest one, or says why it makes none. */
async function buildCommit(run: Run, commit: Commit, catalogue: Catalogue, workspace: Workspace, past: Workspace): Promise<Step> {
  const { job } = run;
  const newest = catalogue.releases[0];
  const source = job.history.at(commit);
  const { dataset, problems } = await readDataset(source, job.dataset);
  if (!dataset) return { problems };
  const floor = dataset.metadata.release?.version;
  if (floor === undefined) return { problems: [], why: "a draft: dataset.json names no release.version" };
  if (commit.date && Date.parse(commit.date) > job.now().getTime() + DAY)
    return { problems: [], why: `it is dated ${commit.date}, more than a day ahead of the clock` };
  const tables = await buildTables(dataset, source, job.startEngine, workspace);
  if (tables.problemCount > 0) return { problems: tables.problems };
  const own = await runChecks(dataset, source, job.startEngine, job.startSql);
  if (own.problemCount > 0) return { problems: own.problems };
  const facts: ReleaseFacts = {
    commit: commit.id,
    date: commit.date && newest?.date && newest.date > commit.date ? newest.date : commit.date,
    previous: newest?.manifest ?? null,
    generator: job.generator,
  };
  const finish = async (version: string, level: CatalogueEntry["level"], since: Since | undefined, said: string): Promise<Step> => {
    const artifacts = await makeRelease(dataset, { ...facts, version }, tables.artifacts, since, workspace);
    const manifest = artifacts.find(({ name }) => name === "SHA256SUMS")?.sha256 as string;
    return { dataset, entry: { version, date: facts.date, commit: commit.id, level, manifest }, artifacts, said };
  };
  if (!newest) return finish(run.free(floor), "first", undefined, "first release");
  const now = builtSide(dataset, tables.artifacts, workspace);
  const old = await newestSide(job, newest, removedReason(catalogue, newest.version) !== undefined, past);
  const difference = await compare(old, now, workspace);
  const { level } = difference;
  if (level === "none") return { dataset };
  const refused = [
    ...(level === "major" ? unannounced(breaking(difference, promiseOf(old)), newest.version, floor) : []),
    ...shrinking(difference, dataset.metadata.release ?? {}),
  ];
  if (refused.length > 0) return { problems: refused };
  const version = run.free(nextVersion(newest.version, level, floor));
  const removed =
    removedReason(catalogue, newest.version) !== undefined ||
    dataset.metadata.release?.removed?.some((item) => item.version === newest.version);
  return finish(
    version,
    level,
    { version: newest.version, old, now, difference, quiet: removed === true },
    `${level}: ${summary(difference)}`,
  );
}

/**
 * What a dataset makes the code stumble over (and what the checks should have found before) passes its commit over: a
 * release that can never be made must not stop those that can. What the machine refuses is thrown on.
 */
function handled(error: unknown): Step {
  if (!(error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)) throw error;
  return { problems: [atFile(".", unhandled(error))] };
}

/** What one run keeps between its rounds. */
class Run {
  readonly job: Publishing;
  /** Numbers whose claim by another build was met. */
  readonly #spent = new Set<string>();
  constructor(job: Publishing) {
    this.job = job;
  }
  free(version: string): string {
    return this.#spent.has(version) ? this.free(nextPatch(version)) : version;
  }
  spend(version: string): void {
    this.#spent.add(version);
  }
}

/**
 * The newest release, to compare with. The files of a removed one may be gone: its records come from its commit, and
 * where that is gone too there is nothing to compare them with.
 */
async function newestSide(
  job: Publishing,
  { version, commit, date }: CatalogueEntry,
  removed: boolean,
  workspace: Workspace,
): Promise<Side> {
  const what = `${job.dataset}/${version}`;
  const folder = storedRelease(job.store, what);
  if (!removed) return releaseSide(folder, what);
  const stands = await folder.bytes("datapackage.json");
  if (!stands) throw new DamagedRelease(`${what}/datapackage.json is missing in the store`);
  const built = await sourceSide(job.history.at({ id: commit, date, tree: null }), job.startEngine, workspace).catch(() => undefined);
  const shape = { package: JSON.parse(Buffer.from(stands).toString("utf8")) as Package, schema: built?.shape.schema ?? {} };
  return { shape, license: built?.license ?? "", read: built?.read ?? async function* () {} };
}

/** Puts every file of a release: the manifest first, which claims the number for this build. */
export async function putRelease(
  job: Putting,
  version: string,
  artifacts: readonly Artifact[],
  workspace: Workspace,
): Promise<"put" | "spent" | "again"> {
  const claim = artifacts.filter(({ name }) => name === "SHA256SUMS");
  for (const { name, bytes, sha256 } of [...claim, ...artifacts.filter(({ name }) => name !== "SHA256SUMS")]) {
    const key = `${job.dataset}/${version}/${name}`;
    const outcome = await job.store.putIfAbsent(key, { bytes, sha256, open: () => workspace.read(name) });
    if (outcome !== "other") continue;
    if (name === "SHA256SUMS") return "spent";
    const standing = await job.store.get(key);
    if (standing && isTombstone(standing.bytes)) return "again";
    throw new DamagedRelease(`${key} stands in the store with other bytes than its manifest names. Nothing was overwritten.`);
  }
  if (job.signer) {
    const manifest: Uint8Array[] = [];
    for await (const chunk of workspace.read("SHA256SUMS")) manifest.push(chunk);
    const { kid } = job.signer.publicKey;
    const signature = await job.signer.sign(signingInput(kid, Buffer.concat(manifest)));
    // ES256 gives another signature each time: whichever stands first stays.
    await job.store.putIfAbsent(`${job.dataset}/${version}/SHA256SUMS.jws`, bodyOf(Buffer.from(detachedJws(kid, signature))));
  }
  return "put";
}

export const KEY_SET = ".well-known/jwks.json";

/** Adds a signer's public key to those that the store names; keys are never taken away. */
async function putPublicKey(store: Store, { publicKey }: Signer): Promise<void> {
  for (let i = 0; i < CONFLICTS; i += 1) {
    const stored = await store.get(KEY_SET);
    const { keys } = stored ? parseKeySet(stored.bytes) : { keys: [] };
    if (keys.some(({ kid }) => kid === publicKey.kid)) return;
    const next = Buffer.from(keySetText({ keys: [...keys, publicKey] }));
    if ((await store.putIfMatch(KEY_SET, next, stored?.etag ?? null)) !== undefined) return;
  }
  throw new Error(`${KEY_SET} was replaced by others ${CONFLICTS} times while it was written`);
}

interface Round {
  /** `on`: something was added, and there may be more; `again`: somebody else was first. */
  next: "on" | "again" | "done";
  released?: CatalogueEntry;
  passedOver: Finding[];
  remarks: Finding[];
}

const firstOf = (problems: readonly Problem[]): string =>
  `${problems.length} problem${problems.length > 1 ? "s" : ""}, the first in ${problems[0]?.file}${problems[0]?.line ? `:${problems[0].line}` : ""}: ${problems[0]?.message}`;

/**
 * What the commit of the newest release says of releases, as long as it is on the branch: it is looked at by every run, so
 * that a run that adds nothing says of it what the run before said.
 */
async function newestControl(job: Publishing, { commit, date }: CatalogueEntry): Promise<Control | undefined> {
  const step = await readDataset(job.history.at({ id: commit, date, tree: null }), job.dataset).catch(handled);
  return "dataset" in step && step.dataset ? { commit, date, release: step.dataset.metadata.release ?? {} } : undefined;
}

/** Reads catalogue and tip anew, adds at most one release to the catalogue, and says whether to go on. */
async function round(run: Run): Promise<Round> {
  const { job } = run;
  const key = `${job.dataset}/releases.json`;
  const stored = await job.store.get(key);
  const catalogue = stored ? parseCatalogue(stored.bytes) : emptyCatalogue(job.dataset);
  const newest = catalogue.releases[0];
  const { base, commits, broken, behind } = await job.history.after(newest?.commit ?? null);
  const passedOver: Finding[] = [];
  const remarks: Finding[] = [];
  const found = { passedOver, remarks };
  const passOver = (commit: string | null, why: string, problems: Problem[] = []): void =>
    void passedOver.push({ commit, why: problems.length > 0 ? firstOf(problems) : why, problems });
  if (behind) passOver(null, "the branch stands behind the newest release (set back, or a copy that lags)");
  const controls: Control[] = [];
  const write = async (next: Catalogue): Promise<boolean> =>
    (await job.store.putIfMatch(key, Buffer.from(catalogueText(next)), stored?.etag ?? null)) !== undefined;
  const remark = (control: Control | undefined, listed: Catalogue): void => {
    const problems = (control ? unknownVersions(listed, control) : []).map((version) =>
      inFile("dataset.json", `It takes back ${version}, which is no release of ${job.dataset}`, "Name a version that releases.json lists."),
    );
    if (control && problems.length > 0) remarks.push({ commit: control.commit, why: firstOf(problems), problems });
  };
  const sayTakenBack = (now: Catalogue): void => {
    for (const { version, reason } of [...now.withdrawn.slice(catalogue.withdrawn.length), ...now.removed.slice(catalogue.removed.length)])
      job.say(`${job.dataset} ${version}  ${reason === null ? "its withdrawal is taken back" : `taken back: ${reason}`}`);
  };
  let tree = base;
  for (const commit of commits) {
    const unchanged = commit.tree === tree || commit.tree === null;
    tree = commit.tree;
    if (unchanged) continue;
    const [workspace, past] = [await job.openWorkspace(), await job.openWorkspace()];
    try {
      const step = await buildCommit(run, commit, withControls(catalogue, controls), workspace, past).catch(handled);
      if ("problems" in step) {
        passOver(commit.id, step.why ?? "", step.problems);
        continue;
      }
      controls.push({ commit: commit.id, date: commit.date, release: step.dataset.metadata.release ?? {} });
      if (!("entry" in step)) continue;
      const { entry, artifacts, said } = step;
      const put = await putRelease(job, entry.version, artifacts, workspace);
      if (put === "spent") run.spend(entry.version);
      if (put !== "put") return { next: "again", ...found };
      const { startEngine } = job;
      if ((await readSite(job.store)).repository)
        await putRecordLines(job.store, entry.version, {
          dataset: step.dataset,
          source: job.history.at(commit),
          startEngine,
          read: workspace.read,
        });
      const marked: CatalogueEntry = { ...entry, ...(broken ? { break: true } : {}) };
      const next = withControls({ ...catalogue, releases: [marked, ...catalogue.releases] }, controls);
      if (!(await write(next))) return { next: "again", ...found };
      remark(controls.at(-1), next);
      sayTakenBack(next);
      job.say(`${job.dataset} ${entry.version}  ${said}`);
      return { next: "on", released: marked, ...found };
    } finally {
      await workspace.discard();
      await past.discard();
    }
  }
  remark(controls.at(-1) ?? (newest && base !== null && !behind ? await newestControl(job, newest) : undefined), catalogue);
  const controlled = withControls(catalogue, controls);
  if (catalogueText(controlled) === catalogueText(catalogue) || catalogue.releases.length === 0) return { next: "done", ...found };
  if (!(await write(controlled))) return { next: "again", ...found };
  sayTakenBack(controlled);
  return { next: "on", ...found };
}

/** Publishes what the branch holds beyond the newest release, then projects pages and aliases. Running it again adds nothing. */
export async function publishDataset(job: Publishing): Promise<Published> {
  const run = new Run(job);
  const released: CatalogueEntry[] = [];
  const passedOver = new Map<string, Finding>();
  const remarks = new Map<string, Finding>();
  const limit = job.maxReleases ?? Number.POSITIVE_INFINITY;
  let conflicts = 0;
  if (job.signer) await putPublicKey(job.store, job.signer);
  for (let next: Round["next"] = "on"; next !== "done" && released.length < limit; ) {
    const outcome = await round(run);
    next = outcome.next;
    for (const item of outcome.passedOver) passedOver.set(`${item.commit} ${item.why}`, item);
    for (const item of outcome.remarks) remarks.set(`${item.commit} ${item.why}`, item);
    if (outcome.released) released.push(outcome.released);
    conflicts = next === "again" ? conflicts + 1 : 0;
    if (conflicts > CONFLICTS) throw new Error(`Others published ${job.dataset} ${CONFLICTS} times in a row before this run could`);
  }
  const catalogue = await projectDataset(job.store, job.aliases, job.dataset);
  return { released, passedOver: [...passedOver.values()], remarks: [...remarks.values()], catalogue, more: released.length >= limit };
}

/** Publishes datasets one after the other, then the pages above them; one that fails does not keep the others waiting. */
export async function publishEach(
  store: Store,
  names: readonly string[],
  publish: (name: string) => Promise<Published>,
  sayFailed: (name: string, error: Error) => void,
): Promise<{ published: Map<string, Published>; failures: Map<string, Error> }> {
  const published = new Map<string, Published>();
  const failures = new Map<string, Error>();
  for (const name of names)
    try {
      published.set(name, await publish(name));
    } catch (error) {
      failures.set(name, error as Error);
      sayFailed(name, error as Error);
    }
  await projectHome(store, [...published.keys()]);
  return { published, failures };
}

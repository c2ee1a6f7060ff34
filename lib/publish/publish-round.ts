import { makeRelease } from "../build/make-release.ts";
import { readDataset } from "../check/check-dataset.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import { fileProblem } from "../diagnostics/problem.ts";
import type { Commit } from "../ports/ports.ts";
import { type Catalogue, type CatalogueEntry, type Control, catalogueText, unknownVersions, withControls } from "../release/catalogue.ts";
import { putRecordLines } from "../render/record-lines.ts";
import { readSite } from "../render/site.ts";
import { asProblem, type Build, controlOf, isRefusal } from "./build-commit.ts";
import { judgeCommit, type Verdict } from "./judge-commit.ts";
import { changedCommits, planWalk } from "./plan-walk.ts";
import type { Cursor } from "./publish-cursor.ts";
import type { Run } from "./publish-run.ts";
import { type Finding, firstOf, type Held, type Publishing } from "./publishing.ts";
import { putRelease } from "./put-release.ts";
import { type Survey, surveyBranch } from "./survey-branch.ts";

/** What one round came to. */
export interface Round {
  /** `on`: something was added, and there may be more; `again`: somebody else was first; `done`: nothing is left to do. */
  next: "on" | "again" | "done";
  released?: CatalogueEntry;
  passedOver: Finding[];
  warnings: Finding[];
  refused?: Finding;
  held?: Held;
  /** Where the next run may go on, once this one has projected. */
  cursor?: { catalogue: Catalogue; at: Cursor };
}

/** Reads catalogue and tip anew, adds at most one release to the catalogue, and says whether to go on. */
export async function round(run: Run): Promise<Round> {
  const survey = await surveyBranch(run.job, { useCursor: run.useCursor });
  const found = new Found(run, survey);
  if (survey.stop) return found.stop(survey.stop);
  if (survey.cursor?.held && survey.commits.length === 0) return found.end({ held: survey.cursor.held });
  if (run.job.judgeWalk && changedCommits(survey).length > 1 && run.planned !== stateOf(survey)) {
    const plan = await planWalk(run, survey);
    if (plan.again) return startAgain(run);
    if (plan.held) return found.hold(plan);
    run.planned = stateOf(survey);
  }
  return walk(run, survey, found);
}

/** What a plan was made for: it holds as long as only this run adds to it. */
const stateOf = ({ tip, catalogue }: Pick<Survey, "tip" | "catalogue">): string => `${tip?.id}\n${catalogueText(catalogue)}`;

function startAgain(run: Run): Round {
  run.useCursor = false;
  run.since = undefined;
  run.walked.clear();
  return { next: "on", passedOver: [], warnings: [] };
}

/** What a round has found so far. */
class Found {
  readonly passedOver: Finding[];
  readonly warnings: Finding[];
  readonly controls: Control[] = [];
  refused: Finding | undefined;
  /** The last commit whose verdict, like all before it, no clock can change. */
  #examined: string | null;
  #walked: number;
  #byClock = false;
  readonly #survey: Survey;
  constructor(run: Run, survey: Survey) {
    const { cursor, catalogue, commits } = survey;
    this.#survey = survey;
    const known = (findings: Finding[] = []): Finding[] => findings.map((finding) => ({ ...finding, known: true }));
    this.passedOver = known(cursor?.passedOver);
    this.warnings = known(cursor?.warnings);
    this.refused = this.passedOver.find(({ commit }) => commit !== null && commit === cursor?.refused);
    this.#examined = cursor?.commit ?? null;
    this.#walked = cursor?.walked ?? 0;
    if (run.since === undefined) {
      run.since = catalogue.releases[0]?.version ?? null;
      for (let i = 0; i < this.#walked; i += 1) run.walked.add(`known ${i}`);
    }
    for (const { id } of commits) run.walked.add(id);
  }

  examine({ id }: Commit): void {
    if (this.#byClock) return;
    this.#examined = id;
    this.#walked += 1;
  }

  passOver(finding: Finding, byClock = false): void {
    const full = { ...finding, why: finding.problems.length > 0 ? firstOf(finding.problems) : finding.why };
    this.#byClock ||= byClock;
    this.passedOver.push(full);
    this.refused = full.kind === "refused" ? full : undefined;
  }

  pass(control: Control): void {
    this.controls.push(control);
    this.refused = undefined;
  }

  warn(control: Control | undefined, catalogue: Catalogue): void {
    const problems = (control ? unknownVersions(catalogue, control) : []).map((version) =>
      fileProblem(
        "dataset.json",
        `It takes back ${version}, which is no release of ${catalogue.dataset}`,
        "Name a version that releases.json lists.",
      ),
    );
    if (control && problems.length > 0) this.warnings.push({ commit: control.commit, kind: "warning", why: firstOf(problems), problems });
  }

  get #findings(): Pick<Round, "passedOver" | "warnings"> {
    return { passedOver: this.passedOver, warnings: this.warnings };
  }

  again(): Round {
    return { next: "again", ...this.#findings };
  }

  on(released?: CatalogueEntry): Round {
    return { next: "on", ...this.#findings, ...(released ? { released } : {}) };
  }

  stop(finding: Finding): Round {
    this.passedOver.push(finding);
    return { next: "done", ...this.#findings, ...(finding.kind === "refused" ? { refused: finding } : {}) };
  }

  hold({ passedOver, refused, byClock, held }: Awaited<ReturnType<typeof planWalk>>): Round {
    for (const finding of passedOver) this.passOver(finding);
    this.refused = refused;
    for (const commit of this.#survey.commits) this.examine(commit);
    if (byClock) this.#examined = null;
    return this.end(held ? { held } : {});
  }

  /** Nothing is left to do. */
  end(more: Pick<Round, "held"> = {}): Round {
    const { catalogue, broken } = this.#survey;
    const refused = this.refused ? { refused: this.refused } : {};
    const result: Round = { next: "done", ...this.#findings, ...refused, ...more };
    const commit = this.#examined;
    if (commit === null || broken || this.#walked === 0) return result;
    const seen = this.#byClock ? this.#beforeClock() : { passedOver: this.passedOver, refused: this.refused?.commit ?? null };
    return { ...result, cursor: { catalogue, at: { commit, ...seen, warnings: this.warnings, walked: this.#walked, ...more } } };
  }

  /** The findings of commits up to the last that no clock can change. */
  #beforeClock(): Pick<Cursor, "passedOver" | "refused"> {
    const ids = this.#survey.commits.map(({ id }) => id);
    const last = ids.indexOf(this.#examined);
    const passedOver = this.passedOver.filter(({ commit, known }) => known || ids.indexOf(commit) <= last);
    const [changed] = changedCommits(this.#survey)
      .filter(({ id }) => ids.indexOf(id) <= last)
      .slice(-1);
    const refused = passedOver.find(({ commit, kind }) => kind === "refused" && commit === changed?.id);
    return { passedOver, refused: refused?.commit ?? null };
  }
}

/** Judges the commits one by one, until one makes a release. */
async function walk(run: Run, survey: Survey, found: Found): Promise<Round> {
  const changed = new Set(changedCommits(survey));
  let { state } = survey;
  for (const commit of survey.commits) {
    const built = changed.has(commit) ? await run.builds.of(commit, state) : undefined;
    if (built && isRefusal(built)) found.passOver({ commit: commit.id, ...built }, built.byClock === true);
    else if (built) {
      const outcome = await judgeCommit(run, built, state, (verdict) => act(run, survey, found, built, verdict));
      await run.builds.drop(commit);
      if ("next" in outcome) return outcome;
      if (outcome.kind === "same") state = outcome.state;
    }
    found.examine(commit);
  }
  return writeControls(run, survey, found);
}

/** Does what a verdict asks for; the end of the round where that is a release. */
async function act(run: Run, survey: Survey, found: Found, build: Build, verdict: Verdict): Promise<Round | Verdict> {
  if (verdict.kind === "unknown") return startAgain(run);
  if (verdict.kind === "refused") {
    found.passOver({ commit: build.commit.id, kind: "refused", why: "", problems: verdict.problems });
    return verdict;
  }
  found.pass(controlOf(build));
  return verdict.kind === "same" ? verdict : release(run, survey, found, build, verdict);
}

/** Puts the files of a release, then its entry into the catalogue. */
async function release(run: Run, survey: Survey, found: Found, build: Build, verdict: Verdict & { kind: "release" }): Promise<Round> {
  const { job } = run;
  const { dataset, workspace, commit, places } = build;
  const { version, level, since, said, comparedWith } = verdict;
  const newest = survey.catalogue.releases[0];
  const date = commit.date && newest?.date && newest.date > commit.date ? newest.date : commit.date;
  const facts = { commit: commit.id, date, previous: newest?.manifest ?? null, generator: job.runtime.generator, version };
  const artifacts = await makeRelease(dataset, facts, build.tables, since, workspace, job.runtime.formats);
  const manifest = artifacts.find(({ name }) => name === "SHA256SUMS")?.sha256 as string;
  const put = await putRelease(job, version, artifacts, workspace);
  if (put === "spent") run.spend(version);
  if (put !== "put") return found.again();
  if ((await readSite(job.store)).repository) await putRecordLines(job.store, version, dataset, places);
  const entry: CatalogueEntry = {
    ...{ version, date, commit: commit.id, level },
    ...(comparedWith === undefined ? {} : { comparedWith }),
    ...{ manifest, layout: build.layout },
    ...(survey.broken ? { break: true } : {}),
  };
  const next = withControls({ ...survey.catalogue, releases: [entry, ...survey.catalogue.releases] }, found.controls);
  if (!(await writeCatalogue(job, survey, next))) return found.again();
  if (run.planned !== undefined) run.planned = stateOf({ tip: survey.tip, catalogue: next });
  found.warn(found.controls.at(-1), next);
  sayTakenBack(job, survey.catalogue, next);
  job.runtime.say(`${job.dataset} ${version}  ${said}`);
  return found.on(entry);
}

async function writeCatalogue(job: Publishing, { etag }: Survey, next: Catalogue): Promise<boolean> {
  return (await job.store.putIfMatch(`${job.dataset}/releases.json`, Buffer.from(catalogueText(next)), etag)) !== undefined;
}

/** Writes what commits without a release say of withdrawals and removals. */
async function writeControls(run: Run, survey: Survey, found: Found): Promise<Round> {
  const { catalogue, cursor, state } = survey;
  const last = found.controls.at(-1);
  if (last || !cursor) found.warn(last ?? (await newestControl(run.job, catalogue.releases[0], survey)), catalogue);
  const controlled = withControls(catalogue, found.controls);
  if (catalogueText(controlled) === catalogueText(catalogue) || state.catalogue.releases.length === 0) return found.end();
  if (!(await writeCatalogue(run.job, survey, controlled))) return found.again();
  if (run.planned !== undefined) run.planned = stateOf({ tip: survey.tip, catalogue: controlled });
  sayTakenBack(run.job, catalogue, controlled);
  return found.on();
}

/**
 * What the commit of the newest release says of releases, as long as it is on the branch: every run looks at it, so that
 * a run that adds nothing repeats what the run before said of it.
 */
async function newestControl(job: Publishing, newest: CatalogueEntry | undefined, { base }: Survey): Promise<Control | undefined> {
  if (!newest || base === null) return undefined;
  const { commit, date, layout = FIRST_LAYOUT } = newest;
  const read = await readDataset(job.history.at({ id: commit, date, tree: null }), job.dataset, layout).catch(asProblem);
  return "dataset" in read && read.dataset ? { commit, date, release: read.dataset.metadata.release ?? {} } : undefined;
}

function sayTakenBack(job: Publishing, before: Catalogue, now: Catalogue): void {
  for (const { version, reason } of [...now.withdrawn.slice(before.withdrawn.length), ...now.removed.slice(before.removed.length)])
    job.runtime.say(`${job.dataset} ${version}  ${reason === null ? "its withdrawal is taken back" : `taken back: ${reason}`}`);
}

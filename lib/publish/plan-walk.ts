import type { Commit } from "../ports/ports.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { comparisonBase } from "../release/comparison-base.ts";
import { type Build, isRefusal, type State } from "./build-commit.ts";
import { type Judging, judgeCommit, type OpenSide, type Verdict } from "./judge-commit.ts";
import type { Run } from "./publish-run.ts";
import { type Finding, firstOf, type Held, type TakenBackRelease } from "./publishing.ts";
import type { Survey } from "./survey-branch.ts";
import { takenBack } from "./taken-back.ts";

/** What the commits of a walk come to, without anything being put. */
export interface WalkPlan {
  passedOver: Finding[];
  /** What the branch now holds is refused. */
  refused?: Finding;
  /** A finding depends on the clock. */
  byClock: boolean;
  held?: Held;
  /** What an earlier run knew is not enough: survey the branch again without it. */
  again?: true;
}

interface Passed {
  commit: Commit;
  /** What held before it. */
  before: State;
}

interface Planned extends Passed {
  version: string;
}

/** Commits whose folder differs from that of the commit before. */
export function changedCommits({ commits, base }: Pick<Survey, "commits" | "base">): Commit[] {
  return commits.filter(({ tree }, i) => tree !== null && tree !== (i === 0 ? base : (commits[i - 1] as Commit).tree));
}

/** Makes all releases of a walk in thought, and says whether they may be made. */
export async function planWalk(run: Run, survey: Survey): Promise<WalkPlan> {
  const planned: Planned[] = [];
  const job: Judging = {
    openSide: plannedSide(run, planned),
    openWorkspace: () => run.openWorkspace(),
    isOnBranch: (commit) => run.isOnBranch(commit),
    canWithdraw: (version) => planned.every((release) => release.version !== version),
    free: (version) => run.free(version),
  };
  const plan: WalkPlan = { passedOver: [], byClock: false };
  let state = survey.state;
  let tip: Passed | undefined;
  for (const commit of changedCommits(survey)) {
    const before = state;
    const built = await run.builds.of(commit, before);
    delete plan.refused;
    if (isRefusal(built)) {
      plan.byClock ||= built.byClock === true;
      passOver(plan, { commit: commit.id, kind: built.kind, why: built.why, problems: built.problems });
      continue;
    }
    const verdict = await judgeCommit(job, built, state, async (verdict) => verdict);
    await run.builds.done(built);
    if (verdict.kind === "unknown") return { ...plan, again: true };
    if (verdict.kind === "refused") {
      passOver(plan, { commit: commit.id, kind: "refused", why: "", problems: verdict.problems });
      continue;
    }
    state = verdict.state;
    tip = { commit, before };
    if (verdict.kind !== "release") continue;
    planned.push({ version: verdict.version, commit, before });
    state = { content: verdict.version, catalogue: listedInThought(state, verdict, built) };
  }
  const held = await whatHolds(run, survey.state.catalogue, planned, plan.refused ? undefined : tip);
  return plan.refused || held.takenBack.length > 0 ? { ...plan, held } : plan;
}

function passOver(plan: WalkPlan, finding: Finding): void {
  const full = { ...finding, why: finding.problems.length > 0 ? firstOf(finding.problems) : finding.why };
  plan.passedOver.push(full);
  if (full.kind === "refused") plan.refused = full;
}

/** Its manifest is not known before it is made, and nothing that is judged depends on it. */
function listedInThought({ catalogue }: State, verdict: Verdict & { kind: "release" }, { commit, layout }: Build): Catalogue {
  const { id, date } = commit;
  const entry: CatalogueEntry = { version: verdict.version, date, commit: id, level: verdict.level, manifest: "", layout };
  const { comparedWith } = verdict;
  return { ...catalogue, releases: [comparedWith ? { ...entry, comparedWith } : entry, ...catalogue.releases] };
}

/** Planned releases are built from their commits, all others stand in the store. */
function plannedSide(run: Run, planned: readonly Planned[]): OpenSide {
  return async (entry, catalogue, workspace) => {
    const found = planned.find(({ version }) => version === entry.version);
    if (!found) return run.openSide(entry, catalogue, workspace);
    const built = await run.builds.of(found.commit, found.before);
    if (isRefusal(built)) throw new Error(`Commit ${found.commit.id} passed its checks, and does not any more`);
    return built.side;
  };
}

async function whatHolds(run: Run, catalogue: Catalogue, planned: readonly Planned[], last: Passed | undefined): Promise<Held> {
  const held: Held = { planned: planned.map(({ version, commit }) => ({ version, commit: commit.id })), takenBack: [] };
  const readers = comparisonBase(catalogue);
  const tip = last && (await run.builds.of(last.commit, last.before));
  if (!tip || isRefusal(tip)) return held;
  for (const { version, commit, before } of planned) {
    const built = await run.builds.of(commit, before);
    if (commit.id === last.commit.id || isRefusal(built)) continue;
    const openReaders = readers && ((workspace: Parameters<OpenSide>[2]) => run.openSide(readers, catalogue, workspace));
    const found = await takenBack(openReaders, built.side, tip.side, () => run.openWorkspace());
    await run.builds.done(built);
    if (found.count > 0) held.takenBack.push({ version, commit: commit.id, ...found } satisfies TakenBackRelease);
  }
  return held;
}

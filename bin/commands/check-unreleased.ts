import { branchName } from "../../lib/adapters/git/branch-name.ts";
import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import { DATASET_FILE } from "../../lib/contract/dataset-files.ts";
import { plural } from "../../lib/contract/plural.ts";
import { shortCommitId } from "../../lib/contract/short-commit-id.ts";
import { fileProblem, type Problem } from "../../lib/diagnostics/problem.ts";
import { checkBranch as checkPending } from "../../lib/publish/check-branch.ts";
import { checkSince } from "../../lib/publish/check-since.ts";
import type { Blocked, Finding } from "../../lib/publish/publish-job.ts";
import type { DatasetInGit } from "../dataset-in-git.ts";
import { RUNTIME } from "../runtime.ts";
import { COMPARE_WITH_RELEASE } from "./compare-with-release.ts";
import type { PublishedStore } from "./published-store.ts";
import { declaredReleaseAt, releasesBefore, UNKNOWN_RELEASES } from "./releases-before.ts";

const named = (finding: Finding): string => (finding.commit === null ? "" : `In commit ${shortCommitId(finding.commit)}: `);

const asProblems = (finding: Finding): Problem[] =>
  finding.problems.length > 0
    ? finding.problems.map((problem) => ({ ...problem, message: `${named(finding)}${problem.message}` }))
    : [fileProblem(DATASET_FILE, `${named(finding)}${finding.why}`)];

/** The verdict on commits that are not published yet. */
export interface PendingVerdict {
  summary: string;
  problems: Problem[];
  /** Why the commits were not checked. */
  notCompared?: string;
}

/** Checks all commits of the published branch since the newest release of a store. Undefined on other branches. */
export async function checkUnreleased(dataset: DatasetInGit, store: PublishedStore["reader"]): Promise<PendingVerdict | undefined> {
  const found = await dataset.repository();
  const ref = await dataset.publishedHead();
  if (!found || ref === undefined) return undefined;
  const { pending, stop, refused, blocked } = await checkPending({
    dataset: dataset.name,
    store,
    history: gitHistory(found.repository, ref, found.path),
    runtime: RUNTIME,
  });
  const summary = `checked ${plural(pending.commits, "commit")} of ${branchName(ref)} since ${pending.since ?? "its start"}`;
  if (stop?.kind === "refused") return { summary, problems: asProblems(stop) };
  if (stop) return { summary: `${summary}: ${stop.why}`, problems: [] };
  return { summary, problems: [...(refused ? asProblems(refused) : []), ...revertedProblems(blocked)] };
}

const REVERTED = { release: "released from", removal: "removed by", withdrawal: "withdrawn by" } as const;

const revertedProblems = (blocked: Blocked | undefined): Problem[] =>
  (blocked?.reverted ?? []).map(({ version, commit, changes, event }) =>
    fileProblem(
      DATASET_FILE,
      `${version} would be ${REVERTED[event ?? "release"]} commit ${shortCommitId(commit ?? "")}, and the tip reverts it: ${changes.join("; ")}`,
      `It is not published yet: squash the two commits (git rebase -i), or run publish with --every-commit, which ${event === "removal" ? "removes it permanently" : event ? "applies both" : "releases both"}.`,
    ),
  );

/**
 * Checks the commits of the published branch that its upstream branch lacks, if there is no catalogue. Undefined on other branches, and for
 * fewer than two commits, because the working folder is compared with the upstream branch anyway.
 */
export async function checkUnpushed(dataset: DatasetInGit): Promise<PendingVerdict | undefined> {
  const published = await dataset.published();
  if ("unknown" in published || published.isHead) return undefined;
  const ref = await dataset.publishedHead();
  if (ref === undefined) return undefined;
  const { repository, path, commit, name } = published;
  const commits = (await repository.git("rev-list", "--first-parent", "--count", `${commit}..${ref}`, "--")).trim();
  const history = gitHistory(repository, ref, path);
  if ((await history.position(commit)) !== "on") {
    const why = `${name} is not on the first-parent history of ${branchName(ref)}, so these commits cannot be released after it. Run: git rebase ${shortCommitId(commit)}`;
    return { summary: `not compared: ${why}`, problems: [], notCompared: why };
  }
  if (Number(commits) < 2) return undefined;
  const { tip } = await history.after(commit);
  const release = tip ? await declaredReleaseAt(history, tip) : {};
  const state = await releasesBefore(gitHistory(repository, commit, path), commit, { dataset: dataset.name, release });
  const verdict =
    state === "unknown"
      ? UNKNOWN_RELEASES
      : await checkSince({ dataset: dataset.name, history, runtime: RUNTIME }, { commit, name, state });
  const since = `${commits} commits of ${branchName(ref)} since ${name}`;
  if (typeof verdict === "string") return { summary: `did not check ${since}: ${verdict}`, problems: [], notCompared: verdict };
  const { refused, blocked } = verdict;
  const summary = `checked ${since}. ${COMPARE_WITH_RELEASE}`;
  return { summary, problems: [...(refused ? asProblems(refused) : []), ...revertedProblems(blocked)] };
}

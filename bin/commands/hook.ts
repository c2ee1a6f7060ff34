import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { branchName } from "../../lib/adapters/git/branch-name.ts";
import { commitSource } from "../../lib/adapters/git/commit-source.ts";
import { findCommit } from "../../lib/adapters/git/find-commit.ts";
import { folderNames } from "../../lib/adapters/git/folder-names.ts";
import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import { bareGitRepository, type GitRepository } from "../../lib/adapters/git/git-repository.ts";
import { readFolderId } from "../../lib/adapters/git/read-folder-id.ts";
import { type Base, checkChange, type FindBase } from "../../lib/build/check-change.ts";
import { openBase } from "../../lib/build/open-base.ts";
import { endSentence } from "../../lib/check/end-sentence.ts";
import { findEnd } from "../../lib/check/find-end.ts";
import { isEndAnnounced } from "../../lib/check/is-end-announced.ts";
import { unannouncedEnd } from "../../lib/check/unannounced-end.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { shortCommitId } from "../../lib/contract/short-commit-id.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import type { Problem } from "../../lib/diagnostics/problem.ts";
import type { History, Source } from "../../lib/ports/ports.ts";
import { checkBranch } from "../../lib/publish/check-branch.ts";
import { findEndedPending } from "../../lib/publish/find-ended-pending.ts";
import { colors } from "../colors.ts";
import { findingsRefuse } from "../findings-refuse.ts";
import { openStore } from "../open-store.ts";
import { out } from "../out.ts";
import { printFindings } from "../print-findings.ts";
import { printProblems } from "../print-problems.ts";
import { NO_COMMIT, refError } from "../ref-error.ts";
import { RUNTIME } from "../runtime.ts";
import { UsageError } from "../usage-error.ts";
import { publishBareRepository } from "./publish.ts";
import { releaseBaseUnlessBranch } from "./release-base.ts";
import type { RemoteOptions } from "./remote.ts";

interface Update {
  now: string;
  ref: string;
}

async function updates(): Promise<Update[]> {
  let text = "";
  // Not process.stdin, which is a different stream in a thread.
  for await (const chunk of createReadStream("", { fd: 0 })) text += String(chunk);
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(" "))
    .map(([, now = "", ref = ""]) => ({ now, ref }));
}

/** The commit to compare a pushed commit with: the merge base with the published branch, or the tip that it replaces. */
async function comparedWith(repository: GitRepository, { now, ref }: Update, published: string): Promise<string | undefined> {
  const tip = await findCommit(repository, published);
  if (tip === undefined) return undefined;
  const shared = (await repository.ask("merge-base", now, tip))?.trim().split("\n")[0];
  // A push that resets the branch to an older commit has that commit as the merge base, so it is compared with itself.
  return ref !== published || shared === now ? shared : tip;
}

/** A pushed commit and its base, if any. */
interface PushedCommit {
  repository: GitRepository;
  commit: string;
  base: string | undefined;
}

/** Checks a dataset of a commit and prints the result. Returns whether it has no problems. */
async function checkPushedDataset(
  path: string,
  { repository, commit, base }: PushedCommit,
  { branch, store }: RemoteOptions,
): Promise<boolean> {
  const name = basename(path);
  const shown = escapeControlChars(path);
  const findBase: FindBase = async (open, { dataset: { metadata } }) => {
    const at = `${branch} (${shortCommitId(base ?? "")})`;
    if (base === undefined || (await readFolderId(repository, base, path)) === undefined) return { kind: "new", name: branch };
    const { store: reader } = await openStore(store);
    const openBranch = async (): Promise<Base> => openBase(at, commitSource(repository, base, path), RUNTIME, await open());
    const releases = { dataset: name, reader, repository: async () => ({ repository, path }), openBranch, open };
    return (await releaseBaseUnlessBranch(releases, base, metadata.release ?? {})) ?? openBranch();
  };
  const checked = await checkChange(commitSource(repository, commit, path), RUNTIME, { folder: name, findBase });
  const { change } = checked;
  const problems: Problem[] = [...checked.problems, ...(change?.problems ?? [])];
  const problemCount = checked.problemCount + (change?.problems.length ?? 0);
  if (problemCount > 0) printProblems({ shown }, { problems, problemCount });
  else {
    const against = `${shortCommitId(commit)} against ${branch} (${shortCommitId(base ?? "")})`;
    const summary = change && change.level !== "none" ? `: ${against}: ${change.level}, ${escapeControlChars(change.summary)}` : "";
    out(`${colors.bold(shown)}  no problems${summary}`);
    if (checked.notCompared !== undefined) out(`  not compared: ${escapeControlChars(checked.notCompared)}`);
  }
  return problemCount === 0;
}

/** Prints the ends of the datasets that a commit deletes. Returns whether all were declared. */
async function checkDeletedDatasets(
  repository: GitRepository,
  now: string,
  { base, branch, data, names }: { base: string; branch: string; data: string; names: readonly string[] },
): Promise<boolean> {
  const at = (commit: string, name: string): Source => commitSource(repository, commit, `${data}/${name}`);
  const present = new Map(names.map((name) => [name, at(now, name)]));
  let passes = true;
  for (const name of await folderNames(repository, base, data)) {
    if (present.has(name)) continue;
    const end = await findEnd(name, at(base, name), present);
    const { message, remedy } = unannouncedEnd(name, `${branch} (${shortCommitId(base)})`);
    out(`${colors.bold(escapeControlChars(`${data}/${name}`))}  ${escapeControlChars(isEndAnnounced(end) ? endSentence(end) : message)}`);
    if (isEndAnnounced(end)) continue;
    out(`  ${escapeControlChars(remedy)}`);
    passes = false;
  }
  return passes;
}

/** Checks every dataset of a commit, including deleted ones, and prints the results. Returns whether there are no problems. */
async function checkPushedUpdate(repository: GitRepository, update: Update, options: RemoteOptions): Promise<boolean> {
  const { branch, data } = options;
  const base = await comparedWith(repository, update, `refs/heads/${branch}`);
  const names = await folderNames(repository, update.now, data);
  const pushed = { repository, commit: update.now, base };
  const hadDatasets = base !== undefined && (await folderNames(repository, base, data)).length > 0;
  let passes = names.length > 0 || hadDatasets;
  for (const name of names) passes = (await checkPushedDataset(`${data}/${name}`, pushed, options)) && passes;
  if (base !== undefined) passes = (await checkDeletedDatasets(repository, update.now, { base, branch, data, names })) && passes;
  if (names.length === 0 && !passes) out(`There is no dataset in ${data}/. Each dataset is a folder there; case matters.`);
  return passes;
}

/** Whether all pending commits of the published branch may be released after a push. Prints the findings if not. */
async function mayBePublished(
  repository: GitRepository,
  { now }: Update,
  { store: storeAddress, data, everyCommit }: RemoteOptions,
): Promise<boolean> {
  const { store } = await openStore(storeAddress);
  const historyOf = (name: string): History => gitHistory(repository, now, `${data}/${name}`);
  const names = (await folderNames(repository, now, data)).filter(isDatasetName);
  const present = new Map(names.map((name) => [name, commitSource(repository, now, `${data}/${name}`)]));
  let passes = true;
  for (const name of [...names, ...(await findEndedPending(store, { present, historyOf }))]) {
    const outcome = await checkBranch({ dataset: name, history: historyOf(name), store, runtime: RUNTIME });
    // A branch that does not follow the newest release is always refused.
    if (everyCommit ? outcome.blocked || !outcome.refused : !findingsRefuse(outcome)) continue;
    printFindings(name, outcome, "push");
    passes = false;
  }
  return passes;
}

/** `branch`: the published branch. `existing`: all refs after the push. */
function printNotPublished(
  pushed: string,
  { passes, branch, existing }: { passes: boolean; branch: string; existing: readonly string[] },
): void {
  out(`${pushed} was ${passes ? "only checked" : "accepted anyway"}: only ${branch} is published.`);
  if (!existing.includes(`refs/heads/${branch}`))
    out(`Nothing is published yet: push ${branch}, or create a remote that publishes ${pushed} (factpress remote --branch).`);
}

async function preReceive(repository: GitRepository, pushed: readonly Update[], options: RemoteOptions): Promise<number> {
  const present = (await repository.git("for-each-ref", "--format=%(refname)")).split("\n").filter(Boolean);
  const existing = [...present, ...pushed.filter(({ now }) => !NO_COMMIT.test(now)).map(({ ref }) => ref)];
  const errors = pushed.flatMap(({ now, ref }) => refError(ref, { now, existing, branch: options.branch }) ?? []);
  for (const error of errors) out(`Rejected: ${escapeControlChars(error)}.`);
  if (errors.length > 0) return 1;
  for (const update of pushed.filter(({ now, ref }) => ref.startsWith("refs/heads/") && !NO_COMMIT.test(now))) {
    const branch = branchName(update.ref);
    const passes = await checkPushedUpdate(repository, update, options);
    if (branch !== options.branch) {
      printNotPublished(branch, { passes, branch: options.branch, existing });
      continue;
    }
    if (passes && (await mayBePublished(repository, update, options))) continue;
    out(
      passes
        ? `Rejected: ${branch} is published, and these commits cannot be released.`
        : `Rejected: ${branch} is published, so it must not have problems. Correct them and push again.`,
    );
    return 1;
  }
  return 0;
}

/** Publishes after every push, because an earlier push may have been interrupted before its release. */
async function postReceive(repository: GitRepository, options: RemoteOptions): Promise<number> {
  if ((await findCommit(repository, `refs/heads/${options.branch}`)) === undefined) return 0;
  const published = await publishBareRepository(repository, options);
  return [...published.values()].some(findingsRefuse) ? 1 : 0;
}

/** Called by git on a push. The pusher sees the output. */
export async function hook(name: string, options: RemoteOptions): Promise<number> {
  const repository = bareGitRepository(process.cwd(), { inHook: true });
  const pushed = await updates();
  if (name === "pre-receive") return preReceive(repository, pushed, options);
  if (name === "post-receive") return postReceive(repository, options);
  throw new UsageError(`There is no hook "${name}"`);
}

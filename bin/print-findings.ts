import { plural } from "../lib/contract/plural.ts";
import { shortCommitId } from "../lib/contract/short-commit-id.ts";
import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";
import type { Blocked, Finding, Published, RevertedRelease } from "../lib/publish/publish-job.ts";
import { findingsRefuse } from "./findings-refuse.ts";
import { out } from "./out.ts";

/** The outcome of publishing a dataset, or of planning it. */
export type Outcome = Pick<Published, "unreleased" | "warnings" | "catalogue" | "refused" | "blocked" | "pending">;

/** Maximum problems of the newest commit that are printed with their remedies. */
const MAX_WITH_REMEDY = 5;

const short = (commit: string | null): string => (commit === null ? "?" : shortCommitId(commit));

/** How publishing was started: by a command, or by a push to a remote. */
type Invocation = "command" | "push";

/** Prints the findings for the pending commits and, if nothing was released, the options. */
export function printFindings(name: string, outcome: Outcome, invocation: Invocation = "command"): void {
  const { unreleased, warnings, pending, catalogue } = outcome;
  out(`${name}  checked ${plural(pending.commits, "commit")} since ${pending.since ?? "the start of the branch"}`);
  // The problems of the tip are listed below, with their remedies.
  const isListed = (finding: Finding): boolean =>
    findingsRefuse(outcome) && finding.commit === outcome.refused?.commit && finding.problems.length > 0;
  for (const { commit, why } of unreleased.filter((finding) => !isListed(finding)))
    out(`${name}  ${commit ? `commit ${short(commit)} makes no release` : "no release"}: ${escapeControlChars(why)}`);
  for (const { commit, why } of warnings) out(`${name}  ${commit ? `commit ${short(commit)}: ` : ""}${escapeControlChars(why)}`);
  if (!findingsRefuse(outcome)) return;
  const newest = catalogue.releases[0]?.version;
  out(`${name}  ${reason(outcome)}${newest ? `. ${newest} stays the newest release` : ""}`);
  for (const line of listOptions(outcome, invocation)) out(`  - ${escapeControlChars(line)}`);
}

const describeReverted = ({ version, commit, event }: RevertedRelease): string =>
  `${event ? `the ${event} of ` : ""}${version} (commit ${short(commit)})`;

function reason({ refused, blocked }: Pick<Outcome, "refused" | "blocked">): string {
  const nothing = blocked ? "nothing was published: " : "";
  if (refused) return `${nothing}the tip of the branch is refused${refused.commit ? ` (commit ${short(refused.commit)})` : ""}`;
  const [first] = blocked?.reverted ?? [];
  const what = first && describeReverted(first);
  const more = first && first.count > first.changes.length ? ` and ${first.count - first.changes.length} more` : "";
  return escapeControlChars(`${nothing}the newest commit reverts ${what}, which is not published yet: ${first?.changes.join("; ")}${more}`);
}

/** The ways to get a release, starting with the one that affects readers least. */
function listOptions({ refused, blocked, catalogue }: Outcome, invocation: Invocation): string[] {
  return [
    ...squash(blocked, catalogue.releases[0]?.commit ?? undefined, invocation),
    ...remedies(refused),
    ...everyCommit(blocked, invocation),
  ];
}

function squash(blocked: Blocked | undefined, last: string | undefined, invocation: Invocation): string[] {
  if (!blocked || blocked.reverted.length === 0) return [];
  const how = last === undefined ? "git rebase -i --root" : `git rebase -i ${short(last)}`;
  const again = invocation === "push" ? "push" : "publish";
  return blocked.reverted.map(
    (reverted) =>
      `${describeReverted(reverted)} is not published yet. Squash it with the commit that reverts it (${how}), and ${again} again.`,
  );
}

function remedies(refused: Finding | undefined): string[] {
  const problems = refused?.problems ?? [];
  const shown = problems.slice(0, MAX_WITH_REMEDY).map(({ file, line, message, remedy }) => {
    const location = `${file}${line ? `:${line}` : ""}`;
    return `${location}: ${message}${remedy ? `. ${remedy}` : ""}`;
  });
  const left = problems.length - shown.length;
  return left > 0 ? [...shown, `and ${left} more: check out the branch and run factpress check to see them`] : shown;
}

function everyCommit(blocked: Blocked | undefined, invocation: Invocation): string[] {
  const removal = blocked?.reverted.find(({ event }) => event === "removal");
  if (!blocked || (blocked.planned.length === 0 && blocked.reverted.length === 0)) return [];
  const first = blocked.reverted.find(({ event }) => event === undefined);
  const how =
    invocation === "push"
      ? "To release each commit that passes anyway, the owner of this remote publishes with --every-commit"
      : "To release each commit that passes anyway: --every-commit";
  if (removal) return [`${how}. ${removal.version} is then removed permanently`];
  return [
    first
      ? `${how}. Readers then get ${first.version}; if its revert is refused, withdraw it in the next commit: "withdrawn": [{ "version": "${first.version}", "reason": "..." }] in the block "release" of dataset.json`
      : how,
  ];
}

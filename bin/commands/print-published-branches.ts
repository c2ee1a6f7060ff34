import { branchName } from "../../lib/adapters/git/branch-name.ts";
import { isCheckedOut } from "../../lib/adapters/git/is-checked-out.ts";
import { type PublishedBranch, rememberPublishedBranch } from "../../lib/adapters/git/published-branch.ts";
import { upstreamOf } from "../../lib/adapters/git/upstream-of.ts";
import { plural } from "../../lib/contract/plural.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import type { GitContext, PublishedRepository } from "../git-context.ts";
import { out } from "../out.ts";
import { shellWord } from "../shell-word.ts";

const BRANCH_SOURCE: Readonly<Record<PublishedBranch["source"], string>> = {
  requested: "named by --branch",
  setting: "git config factpress.branch",
  remote: "the default branch of the remote",
  only: "the only branch",
};

/** The command that adds fetched commits of `upstream` to a local branch. */
async function updateCommand({ repository, branch }: PublishedRepository, upstream: string, hasOwnCommits: boolean): Promise<string> {
  const merge = `git merge ${shellWord(branchName(upstream))}`;
  if (await isCheckedOut(repository, branch.ref)) return merge;
  // Without a checkout, git only moves a branch forward.
  return hasOwnCommits
    ? `git switch ${shellWord(branchName(branch.ref))}, then ${merge}`
    : `git fetch . ${shellWord(`${upstream}:${branch.ref}`)}`;
}

/** Prints a note if a local branch lacks commits that were already fetched. */
async function printBehind(found: PublishedRepository): Promise<void> {
  const { repository, branch } = found;
  const upstream = await upstreamOf(repository, branch);
  if (upstream === undefined) return;
  const counts = await repository.git("rev-list", "--left-right", "--count", `${branch.ref}...${upstream}`, "--");
  const [own = 0, lacking = 0] = counts.split("\t").map(Number);
  if (lacking === 0) return;
  const command = await updateCommand(found, upstream, own > 0);
  out(
    `  ${branchName(branch.ref)} lacks ${plural(lacking, "commit")} of ${branchName(upstream)}. To publish them too, update it: ${command}`,
  );
}

/** Prints the published branch of each repository. Stores an only branch in git config, because others may be added later. */
export async function printPublishedBranches(datasets: readonly DatasetFolder[], git: GitContext): Promise<void> {
  const seen = new Set<string>();
  for (const { folder } of datasets) {
    const found = await git.publishedRepositoryOf(folder);
    if (!found) {
      if (!seen.has("")) out("There is no git repository here: the folder is released as it is, without a commit");
      seen.add("");
      continue;
    }
    if (seen.has(found.repository.root)) continue;
    seen.add(found.repository.root);
    const { name, ref, source } = found.branch;
    const isKept = source === "only" && (await rememberPublishedBranch(found.repository, name));
    out(`Published branch: ${branchName(ref)} (${BRANCH_SOURCE[source]}${isKept ? "; stored in git config factpress.branch" : ""})`);
    await printBehind(found);
  }
}

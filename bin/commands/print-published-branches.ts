import { branchName } from "../../lib/adapters/git/branch-name.ts";
import { type PublishedBranch, rememberPublishedBranch } from "../../lib/adapters/git/published-branch.ts";
import { upstreamOf } from "../../lib/adapters/git/upstream-of.ts";
import { plural } from "../../lib/contract/plural.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import type { GitContext, PublishedRepository } from "../git-context.ts";
import { out } from "../out.ts";

const BRANCH_SOURCE: Readonly<Record<PublishedBranch["source"], string>> = {
  requested: "named by --branch",
  setting: "git config factpress.branch",
  remote: "the default branch of the remote",
  only: "the only branch",
};

/** Prints a note if a local branch lacks commits that were already fetched. */
async function printBehind({ repository, branch }: PublishedRepository): Promise<void> {
  const upstream = await upstreamOf(repository, branch);
  if (upstream === undefined) return;
  const count = Number(await repository.git("rev-list", "--count", `${branch.ref}..${upstream}`, "--"));
  if (count > 0)
    out(
      `  ${branchName(branch.ref)} lacks ${plural(count, "commit")} of ${branchName(upstream)}. To publish them too, update it: git pull`,
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

import { shortCommitId } from "../../lib/contract/short-commit-id.ts";
import { type BaseAfterControls, baseAfterControls } from "../../lib/release/base-after-controls.ts";
import type { Catalogue, CatalogueEntry } from "../../lib/release/catalogue.ts";
import { CatalogueError } from "../../lib/release/catalogue-error.ts";
import { comparisonBaseCandidates } from "../../lib/release/comparison-base.ts";
import { recordedCommits } from "../../lib/release/recorded-commits.ts";
import type { Control } from "../../lib/release/with-controls.ts";
import { errorFields } from "../error-fields.ts";
import type { CheckContext, CheckedRepository } from "./check-context.ts";

/**
 * The releases that determine the base of a change: the catalogue, and by version the folder ids of the dataset at the releases' commits.
 */
interface DecidingReleases {
  catalogue: Catalogue;
  folderIds: ReadonlyMap<string, string>;
}

interface ProposedChange {
  dataset: string;
  /** Path of the dataset from the root of the repository. */
  path: string;
  release: Control["release"];
  /** The commit that the change is based on. */
  baseCommit: string;
}

/** The public reason why the releases are unknown. Messages from AWS contain account ids. */
function unreadableReason(error: unknown): string {
  if (error instanceof CatalogueError) return error.message;
  if ((error as { $metadata?: object }).$metadata) return `AWS answered ${(error as Error).name}`;
  throw error;
}

/** The listed releases that a change is compared with. */
function comparedEntries({ entry, reinstated, catalogue }: BaseAfterControls): CatalogueEntry[] {
  const back = catalogue.releases.filter(({ version }) => reinstated.includes(version));
  const later = reinstated.flatMap((version) => comparisonBaseCandidates(catalogue, version));
  return [...new Set([entry, ...back, ...later])];
}

/**
 * The releases that publishing compares a change with, if withdrawals or removals determine them. Undefined if the change is compared with
 * its merge base, or if that lacks commits in the catalogue, which merging adds. A string is the reason why the releases are unknown.
 */
export async function decidingReleases(
  { forge, branch }: Pick<CheckedRepository, "forge" | "branch">,
  { dataset, path, release, baseCommit }: ProposedChange,
  { readCatalogue, log }: Pick<CheckContext, "readCatalogue" | "log">,
): Promise<DecidingReleases | string | undefined> {
  let before: Catalogue;
  try {
    before = await readCatalogue(dataset);
  } catch (error) {
    // A damaged catalogue or an error of AWS. Others are rethrown.
    const why = unreadableReason(error);
    log("the catalogue cannot be read", { dataset, ...errorFields(error) });
    return `withdrawals decide what it is compared with, and the catalogue could not be read: ${why}`;
  }
  const found = baseAfterControls(before, release);
  if (!found || found.isOfBranch) return undefined;
  const isInBase = async (commit: string | null): Promise<boolean> =>
    commit !== null && (commit === baseCommit || (await forge.mergeBase(commit, baseCommit)) === commit);
  for (const commit of recordedCommits(before)) if (!(await isInBase(commit))) return undefined;
  const folderIds = new Map<string, string>();
  for (const { version, commit } of comparedEntries(found)) {
    const folderId = (await isInBase(commit)) ? await forge.folderId((await forge.commit(commit as string)).tree, path) : null;
    if (folderId === null) return `${version} was made from ${shortCommitId(commit ?? "no commit")}, which ${branch} lacks`;
    folderIds.set(version, folderId);
  }
  return { catalogue: before, folderIds };
}

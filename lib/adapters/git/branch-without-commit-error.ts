import { UnknownBranchError } from "./unknown-branch-error.ts";

/** The repository has no commit yet. */
export class BranchWithoutCommitError extends UnknownBranchError {
  override name = "BranchWithoutCommitError";
}

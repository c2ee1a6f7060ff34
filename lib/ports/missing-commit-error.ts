/** A commit, or the dataset's folder in it, is not in the repository. */
export class MissingCommitError extends Error {
  override name = "MissingCommitError";
}

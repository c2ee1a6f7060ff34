/** The published branch is not known, or there is no branch of the given name. */
export class UnknownBranchError extends Error {
  override name = "UnknownBranchError";
}

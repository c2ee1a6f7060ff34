/** Builds of a dataset failed, and no more are requested for this tip. */
export class BuildFailedError extends Error {
  override name = "BuildFailedError";
}

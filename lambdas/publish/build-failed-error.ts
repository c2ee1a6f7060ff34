/** Builds of a dataset failed, and no other is requested for this tip. */
export class BuildFailedError extends Error {
  override name = "BuildFailedError";
}

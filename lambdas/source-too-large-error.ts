/** A dataset is too large for a function: a build publishes it. */
export class SourceTooLargeError extends Error {
  override name = "SourceTooLargeError";
}

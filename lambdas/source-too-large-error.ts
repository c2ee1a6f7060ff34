/** A dataset is too large for a function. A build publishes it. */
export class SourceTooLargeError extends Error {
  override name = "SourceTooLargeError";
}

/** A commit is too large for a function to check: a build does. */
export class TooLargeForFunctionError extends Error {
  override name = "TooLargeForFunctionError";
}

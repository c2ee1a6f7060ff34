/** A commit needs more than a function carries: a build checks it. */
export class LeftToBuildError extends Error {
  override name = "LeftToBuildError";
}

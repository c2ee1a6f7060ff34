/** The data that a command needs has problems. */
export class ProblemsError extends Error {
  override name = "ProblemsError";
}

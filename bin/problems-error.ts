/** The data that a command has to read has problems. */
export class ProblemsError extends Error {
  override name = "ProblemsError";
}

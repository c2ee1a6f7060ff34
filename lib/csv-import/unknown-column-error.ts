/** The user named a column that the file does not have. */
export class UnknownColumnError extends Error {
  override name = "UnknownColumnError";
}

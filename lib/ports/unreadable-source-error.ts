/** A folder contains something that a dataset must not (a link, too many files): a problem of the data. */
export class UnreadableSourceError extends Error {
  override name = "UnreadableSourceError";
}

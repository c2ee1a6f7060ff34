/** A folder contains something that a dataset must not (a link, too many files): a problem of the data. */
export class UnreadableSourceError extends Error {
  override name = "UnreadableSourceError";
  /** The file that must not be there; undefined for the folder. */
  readonly path: string | undefined;
  constructor(message: string, path?: string) {
    super(message);
    this.path = path;
  }
}

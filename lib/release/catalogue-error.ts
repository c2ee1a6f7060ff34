/** A `releases.json` is not a valid catalogue. */
export class CatalogueError extends Error {
  override name = "CatalogueError";
  /** The message without the name of the file. */
  readonly what: string;
  constructor(file: string, what: string) {
    super(`${file} ${what}`);
    this.what = what;
  }
}

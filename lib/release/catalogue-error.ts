/** A `releases.json` that is not a valid catalogue. */
export class CatalogueError extends Error {
  override name = "CatalogueError";
  /** The message without the file name. */
  readonly what: string;
  constructor(file: string, what: string) {
    super(`${file} ${what}`);
    this.what = what;
  }
}

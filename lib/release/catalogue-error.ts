/** `releases.json` is not a valid catalogue. */
export class CatalogueError extends Error {
  override name = "CatalogueError";
}

/** The site changed while it was read, so the result is inconclusive. */
export class SiteChangingError extends Error {
  override name = "SiteChangingError";
}

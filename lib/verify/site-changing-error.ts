/** The site changed while it was read: the result is inconclusive. */
export class SiteChangingError extends Error {
  override name = "SiteChangingError";
}

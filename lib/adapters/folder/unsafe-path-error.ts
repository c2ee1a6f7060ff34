/** A path that must not be written: it leaves its folder, passes through a link, or has an unpublishable name. */
export class UnsafePathError extends Error {
  override name = "UnsafePathError";
}

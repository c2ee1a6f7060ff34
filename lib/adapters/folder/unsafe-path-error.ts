/** A path that must not be written: it leaves its folder, passes through a link, or has a name that cannot be published. */
export class UnsafePathError extends Error {
  override name = "UnsafePathError";
}

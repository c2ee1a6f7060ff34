/** A release in the store is damaged and cannot be published. */
export class DamagedReleaseError extends Error {
  override name = "DamagedReleaseError";
}

/** Files of a release in the store are damaged, so it cannot be published. */
export class DamagedReleaseError extends Error {
  override name = "DamagedReleaseError";
}

/** A file of a store or a release is not what Factpress writes: somebody changed it, or it was never a release. */
export class DamagedFileError extends Error {
  override name = "DamagedFileError";
}

/** A file of a store or a release is not in the form that Factpress writes. */
export class DamagedFileError extends Error {
  override name = "DamagedFileError";
}

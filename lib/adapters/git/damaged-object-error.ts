/** Git cannot read the object of a file in a tree: the repository is corrupt, not the data. */
export class DamagedObjectError extends Error {
  override name = "DamagedObjectError";
}

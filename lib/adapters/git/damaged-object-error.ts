/** A tree names a file whose object git cannot read: the repository is damaged, not the data. */
export class DamagedObjectError extends Error {
  override name = "DamagedObjectError";
}

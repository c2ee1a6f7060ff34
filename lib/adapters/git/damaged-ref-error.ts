/** A ref exists, but git cannot read what it names: the repository is damaged. */
export class DamagedRefError extends Error {
  override name = "DamagedRefError";
}

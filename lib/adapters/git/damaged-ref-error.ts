/** A ref exists, but git cannot resolve it: the repository is corrupt. */
export class DamagedRefError extends Error {
  override name = "DamagedRefError";
}

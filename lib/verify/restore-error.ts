/** A release cannot be restored from git. None of its files was written. */
export class RestoreError extends Error {
  override name = "RestoreError";
}

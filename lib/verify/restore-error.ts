/** A release cannot be restored from git. Nothing of it was written. */
export class RestoreError extends Error {
  override name = "RestoreError";
}

/** The changes cannot be applied; the message says why and what to do. */
export class CannotApplyError extends Error {
  override name = "CannotApplyError";
}

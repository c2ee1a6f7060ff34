/** A head, or a remembered one, is not in the expected form. */
export class HeadError extends Error {
  override name = "HeadError";
}

/** A head, or a remembered one, is not in the form that factpress writes. */
export class HeadError extends Error {
  override name = "HeadError";
}

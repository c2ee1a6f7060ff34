/** A server cannot be reached, is too slow, ends a response early, or answers with an error. */
export class TransferError extends Error {
  override name = "TransferError";
}

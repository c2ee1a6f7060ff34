/** A server is unreachable or too slow, truncates a response, or answers with an error. */
export class TransferError extends Error {
  override name = "TransferError";
}

/** The files of a release cannot be removed yet; the message gives the reason. */
export class RemovalNotReadyError extends Error {
  override name = "RemovalNotReadyError";
}

/** The signed head was not renewed in time. Nothing else differs. */
export class HeadOutOfDateError extends Error {
  override name = "HeadOutOfDateError";
}

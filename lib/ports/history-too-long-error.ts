/** More commits than an adapter walks through. A clone holds them all. */
export class HistoryTooLongError extends Error {
  override name = "HistoryTooLongError";
}

/** More commits than an adapter reads. A clone has them all. */
export class HistoryTooLongError extends Error {
  override name = "HistoryTooLongError";
}

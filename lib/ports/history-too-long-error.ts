/** The history has more commits than an adapter reads. A clone has all of them. */
export class HistoryTooLongError extends Error {
  override name = "HistoryTooLongError";
}

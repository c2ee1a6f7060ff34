/** A clone is too shallow to determine how commits relate. */
export class ShallowHistoryError extends Error {
  override name = "ShallowHistoryError";
}

/** A malformed signed or remembered head. */
export class HeadError extends Error {
  override name = "HeadError";
}

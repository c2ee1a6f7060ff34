import { UnreadableSourceError } from "./unreadable-source-error.ts";

/** Fetching files needs more requests than its limit allows. */
export class TooManyRequestsError extends UnreadableSourceError {
  override name = "TooManyRequestsError";
}

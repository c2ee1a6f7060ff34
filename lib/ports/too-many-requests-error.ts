import { UnreadableSourceError } from "./unreadable-source-error.ts";

/** Fetching files takes more requests than are allowed for it. */
export class TooManyRequestsError extends UnreadableSourceError {
  override name = "TooManyRequestsError";
}

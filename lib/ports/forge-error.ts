/**
 * Why a request to a forge failed. `credentials`: ours are not accepted. `missing`: the object does not exist, or we have no
 * access to it. `refused`: retries will not help. `unavailable`: a retry may succeed.
 */
type ForgeErrorReason = "credentials" | "missing" | "refused" | "unavailable";

interface ForgeErrorFacts {
  reason: ForgeErrorReason;
  publicMessage: string;
  status?: number | undefined;
  retryAfterSeconds?: number | undefined;
  cause?: unknown;
}

export class ForgeError extends Error {
  override name = "ForgeError";
  readonly reason: ForgeErrorReason;
  /** Safe to publish, unlike the message: "GitHub answered 502". */
  readonly publicMessage: string;
  /** HTTP status. */
  readonly status: number | undefined;
  /** Seconds until the forge accepts requests again; set only if it was rate-limited (reason `unavailable`). */
  readonly retryAfterSeconds: number | undefined;
  constructor(message: string, about: ForgeErrorFacts) {
    super(message, { cause: about.cause });
    this.retryAfterSeconds = about.retryAfterSeconds;
    this.reason = about.reason;
    this.publicMessage = about.publicMessage;
    this.status = about.status;
  }
}

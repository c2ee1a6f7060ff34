/**
 * Why a forge did not do what was asked. `credentials`: it does not accept ours. `missing`: no such object, or we may not see
 * it. `refused`: it will not, however often it is asked. `unavailable`: a later try may succeed.
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
  /** For everybody to read, unlike the message: "GitHub answered 502". */
  readonly publicMessage: string;
  /** HTTP status. */
  readonly status: number | undefined;
  /** Seconds until the forge takes requests again; set only if it refused one because of its limits. The reason is `unavailable`. */
  readonly retryAfterSeconds: number | undefined;
  constructor(message: string, about: ForgeErrorFacts) {
    super(message, { cause: about.cause });
    this.retryAfterSeconds = about.retryAfterSeconds;
    this.reason = about.reason;
    this.publicMessage = about.publicMessage;
    this.status = about.status;
  }
}

import { ForgeError } from "../../ports/forge-error.ts";

/** The wait if GitHub does not say when the limit resets. */
const DEFAULT_SECONDS = 900;

/** The requests left of an App's hourly limit, according to GitHub's responses. */
export class HourlyLimit {
  #left: number | undefined;
  #untilMs: number | undefined;

  set(left: number, untilMs: number | undefined): void {
    this.#left = left;
    this.#untilMs = untilMs;
  }

  /** Undefined if no response reported it this hour. */
  get left(): number | undefined {
    return this.#untilMs !== undefined && Date.now() >= this.#untilMs ? undefined : this.#left;
  }

  /** Throws as for an exhausted limit if at most `reserved` requests are left. */
  keep(reserved: number): void {
    const { left } = this;
    if (left === undefined || left > reserved) return;
    const seconds = this.#untilMs === undefined ? DEFAULT_SECONDS : Math.ceil((this.#untilMs - Date.now()) / 1000);
    throw new ForgeError(`GitHub allows ${left} more requests this hour; ${reserved} are kept for publishing`, {
      reason: "unavailable",
      publicMessage: "GitHub's limit of requests is used up",
      retryAfterSeconds: Math.max(1, seconds),
    });
  }
}

import { ForgeError } from "../../ports/forge-error.ts";

/** The wait if GitHub does not say when the hour ends. */
const DEFAULT_SECONDS = 900;

/** How many requests GitHub still allows an App this hour, as far as its answers say so. */
export class HourlyLimit {
  #left: number | undefined;
  #untilMs: number | undefined;

  set(left: number, untilMs: number | undefined): void {
    this.#left = left;
    this.#untilMs = untilMs;
  }

  /** Undefined if no answer said so in this hour. */
  get left(): number | undefined {
    return this.#untilMs !== undefined && Date.now() >= this.#untilMs ? undefined : this.#left;
  }

  /** Throws, as for a limit that is used up, if no more than these requests are left. */
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

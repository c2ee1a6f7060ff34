import { setTimeout as sleep } from "node:timers/promises";

/**
 * GitHub allows an App 900 points a minute (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api). The rest is for
 * the App's other functions.
 */
const POINTS_A_MINUTE = 800;
const MINUTE_MS = 60_000;

interface Clock {
  now(): number;
  wait(ms: number): Promise<unknown>;
}

const CLOCK: Clock = { now: () => Date.now(), wait: (ms) => sleep(ms) };

/** The points of a request: one for a read, five for a write. GraphQL has a separate limit, which is not reached. */
export function pointBudgetCost(method: string, url: string): number {
  if (new URL(url).pathname.endsWith("/graphql")) return 0;
  return ["GET", "HEAD", "OPTIONS"].includes(method) ? 1 : 5;
}

/** The points spent in the last minute. */
export class PointBudget {
  readonly #spent: { at: number; points: number }[] = [];
  readonly #clock: Clock;
  constructor(clock = CLOCK) {
    this.#clock = clock;
  }

  /** Waits until the points fit into the budget of a minute. */
  async spend(points: number): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      while (this.#spent[0] && this.#spent[0].at <= now - MINUTE_MS) this.#spent.shift();
      const sum = this.#spent.reduce((sum, { points }) => sum + points, 0);
      const [oldest] = this.#spent;
      if (!oldest || sum + points <= POINTS_A_MINUTE) {
        this.#spent.push({ at: now, points });
        return;
      }
      await this.#clock.wait(oldest.at + MINUTE_MS - now);
    }
  }
}

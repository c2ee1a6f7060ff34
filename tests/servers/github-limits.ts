/** GitHub's documented limits: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const REQUESTS_AN_HOUR = 5_000;
const POINTS_A_MINUTE = 900;
const QUERY_POINTS_A_MINUTE = 2_000;
const WRITES_A_MINUTE = 80;
const WRITES_AN_HOUR = 500;
const AT_ONCE = 100;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Counted {
  at: number;
  isQuery: boolean;
  isWrite: boolean;
}

interface Refusal {
  status: number;
  headers: Record<string, string>;
  body: { message: string };
}

/** Counts requests and refuses those beyond GitHub's limits, as GitHub does. */
export class GitHubLimits {
  /** Requests that were refused, with the limit. */
  readonly refused: string[] = [];
  readonly #counted: Counted[] = [];
  #atOnce = 0;
  #skippedMs = 0;

  #now(): number {
    return Date.now() + this.#skippedMs;
  }

  /** Advances the clock. */
  skip(ms: number): void {
    this.#skippedMs += ms;
  }

  get left(): number {
    return Math.max(0, REQUESTS_AN_HOUR - this.#within(HOUR).filter(({ isQuery }) => !isQuery).length);
  }

  #within(ms: number): Counted[] {
    const from = this.#now() - ms;
    return this.#counted.filter(({ at }) => at > from);
  }

  #exceeded(): string | undefined {
    const minute = this.#within(MINUTE);
    const points = (isQuery: boolean): number =>
      minute.filter((one) => one.isQuery === isQuery).reduce((sum, { isWrite }) => sum + (isWrite ? 5 : 1), 0);
    if (points(false) > POINTS_A_MINUTE || points(true) > QUERY_POINTS_A_MINUTE) return "points a minute";
    if (minute.filter(({ isWrite }) => isWrite).length > WRITES_A_MINUTE) return "writes a minute";
    if (this.#within(HOUR).filter(({ isWrite }) => isWrite).length > WRITES_AN_HOUR) return "writes an hour";
    return this.#atOnce > AT_ONCE ? "requests at once" : undefined;
  }

  /** Call it when a request begins. */
  begin(method: string, path: string): Refusal | undefined {
    this.#atOnce += 1;
    const isQuery = path === "/graphql";
    this.#counted.push({ at: this.#now(), isQuery, isWrite: method !== "GET" && !isQuery && !path.endsWith("/access_tokens") });
    if (this.#within(HOUR).filter((one) => one.isQuery === isQuery).length > REQUESTS_AN_HOUR) {
      this.refused.push(`${method} ${path}: requests an hour`);
      const reset = String(Math.floor((Date.now() + HOUR) / 1000));
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
      return { status: 403, headers, body: { message: "API rate limit exceeded for installation" } };
    }
    const limit = this.#exceeded();
    if (limit === undefined) return undefined;
    this.refused.push(`${method} ${path}: ${limit}`);
    return { status: 403, headers: { "retry-after": "60" }, body: { message: "You have exceeded a secondary rate limit" } };
  }

  /** Call it when the answer was sent. */
  end(): void {
    this.#atOnce -= 1;
  }
}

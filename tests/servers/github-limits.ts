/** GitHub's documented limits: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const REQUESTS_AN_HOUR = 5_000;
const POINTS_A_MINUTE = 900;
const QUERY_POINTS_A_MINUTE = 2_000;
const WRITES_A_MINUTE = 80;
const WRITES_AN_HOUR = 500;
const AT_ONCE = 100;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Kind = "query" | "read" | "write";

/** Counts the requests of the last minute or hour. */
class Window {
  readonly #ms: number;
  readonly #counted: { at: number; kind: Kind }[] = [];
  #dropped = 0;
  readonly #counts = { query: 0, read: 0, write: 0 };

  constructor(ms: number) {
    this.#ms = ms;
  }

  add(at: number, kind: Kind): void {
    this.#counted.push({ at, kind });
    this.#counts[kind] += 1;
  }

  /** The counts at a time, which is never earlier than the one before. */
  at(now: number): Readonly<Record<Kind, number>> {
    for (let first = this.#counted[this.#dropped]; first && first.at <= now - this.#ms; first = this.#counted[this.#dropped]) {
      this.#counts[first.kind] -= 1;
      this.#dropped += 1;
    }
    return this.#counts;
  }
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
  readonly #minute = new Window(MINUTE);
  readonly #hour = new Window(HOUR);
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
    const { read, write } = this.#hour.at(this.#now());
    return Math.max(0, REQUESTS_AN_HOUR - read - write);
  }

  #exceeded(now: number): string | undefined {
    const { query, read, write } = this.#minute.at(now);
    if (read + 5 * write > POINTS_A_MINUTE || query > QUERY_POINTS_A_MINUTE) return "points a minute";
    if (write > WRITES_A_MINUTE) return "writes a minute";
    if (this.#hour.at(now).write > WRITES_AN_HOUR) return "writes an hour";
    return this.#atOnce > AT_ONCE ? "requests at once" : undefined;
  }

  /** Call it when a request begins. */
  begin(method: string, path: string): Refusal | undefined {
    this.#atOnce += 1;
    const now = this.#now();
    const kind = path === "/graphql" ? "query" : method === "GET" || path.endsWith("/access_tokens") ? "read" : "write";
    this.#minute.add(now, kind);
    this.#hour.add(now, kind);
    const { query, read, write } = this.#hour.at(now);
    if ((kind === "query" ? query : read + write) > REQUESTS_AN_HOUR) {
      this.refused.push(`${method} ${path}: requests an hour`);
      const reset = String(Math.floor((Date.now() + HOUR) / 1000));
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
      return { status: 403, headers, body: { message: "API rate limit exceeded for installation" } };
    }
    const limit = this.#exceeded(now);
    if (limit === undefined) return undefined;
    this.refused.push(`${method} ${path}: ${limit}`);
    return { status: 403, headers: { "retry-after": "60" }, body: { message: "You have exceeded a secondary rate limit" } };
  }

  /** Call it when the answer was sent. */
  end(): void {
    this.#atOnce -= 1;
  }
}

/** The wait if GitHub names none: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const DEFAULT_SECONDS = 60;

/** GitHub's limits, from the headers of an answer. */
interface Answer {
  status: number;
  headers: Record<string, string | number | undefined>;
  data?: { message?: string; errors?: unknown } | undefined;
}

/** GitHub answers 403 for a limit as for a missing permission, and 200 to a query. */
function isLimited({ status, headers, data }: Answer): boolean {
  const errors = Array.isArray(data?.errors) ? (data.errors as ({ type?: string } | null)[]) : [];
  if (errors.some((error) => error?.type === "RATE_LIMITED")) return true;
  if (status !== 403) return status === 429;
  return headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== undefined || /rate limit/i.test(data?.message ?? "");
}

/** Seconds until GitHub takes requests again, if it refused one because of a limit. */
export function rateLimitSeconds(answer: Answer | undefined): number | undefined {
  if (!answer || !isLimited(answer)) return undefined;
  const { headers } = answer;
  const after = Number(headers["retry-after"]);
  if (after > 0) return after;
  const reset = headers["x-ratelimit-remaining"] === "0" ? Number(headers["x-ratelimit-reset"]) - Date.now() / 1000 : Number.NaN;
  return Number.isNaN(reset) ? DEFAULT_SECONDS : Math.max(1, Math.ceil(reset));
}

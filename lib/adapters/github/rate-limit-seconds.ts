/** The wait if GitHub gives none: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const DEFAULT_SECONDS = 60;

/** The parts of a response that report a rate limit. */
interface GitHubResponse {
  status: number;
  headers: Record<string, string | number | undefined>;
  data?: { message?: string; errors?: unknown } | undefined;
}

/** GitHub answers 403 both for a rate limit and for a missing permission, and 200 to a rate-limited query. */
function isLimited({ status, headers, data }: GitHubResponse): boolean {
  const errors = Array.isArray(data?.errors) ? (data.errors as ({ type?: string } | null)[]) : [];
  if (errors.some((error) => error?.type === "RATE_LIMITED")) return true;
  if (status !== 403) return status === 429;
  return headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== undefined || /rate limit/i.test(data?.message ?? "");
}

/** Seconds until GitHub accepts requests again; undefined if the response is not about a rate limit. */
export function rateLimitSeconds(answer: GitHubResponse | undefined): number | undefined {
  if (!answer || !isLimited(answer)) return undefined;
  const { headers } = answer;
  const after = Number(headers["retry-after"]);
  if (after > 0) return after;
  const reset = headers["x-ratelimit-remaining"] === "0" ? Number(headers["x-ratelimit-reset"]) - Date.now() / 1000 : Number.NaN;
  return Number.isNaN(reset) ? DEFAULT_SECONDS : Math.max(1, Math.ceil(reset));
}

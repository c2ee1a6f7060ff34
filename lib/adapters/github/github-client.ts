import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { ForgeError } from "../../ports/forge-error.ts";
import { ForgeNotSetUpError } from "../../ports/forge-not-set-up-error.ts";
import { PointBudget, pointBudgetCost } from "./point-budget.ts";
import { rateLimitSeconds } from "./rate-limit-seconds.ts";
import { gitHubStatus, unlessGitHubStatus } from "./unless-github-status.ts";

/** The GitHub App that Factpress acts as. */
export interface AppCredentials {
  appId: string;
  privateKey: string;
}

/** A repository as named in GitHub's API. */
export interface RepositoryName {
  owner: string;
  repo: string;
}

/** Maximum wait for a rate limit (mostly a minute). For a longer wait, the message returns to its queue. */
const MAX_WAIT_SECONDS = 65;

const Client = Octokit.plugin(throttling, retry);
export interface GitHub extends Pick<InstanceType<typeof Client>, "request" | "graphql"> {
  /** An installation token, valid for at least a few minutes and at most an hour. */
  token(): Promise<string>;
}

const limits = {
  onRateLimit: (retryAfter: number, _options: object, _octokit: unknown, tries: number) => retryAfter <= MAX_WAIT_SECONDS && tries < 5,
  onSecondaryRateLimit: (retryAfter: number, _options: object, _octokit: unknown, tries: number) =>
    retryAfter <= MAX_WAIT_SECONDS && tries < 2,
};
/**
 * The throttling plugin leaves a second between queries, as between writes. All queries here only read. For those, GitHub requires no
 * pause, but at most 2,000 points a minute, one for each query
 * (https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api).
 */
const UNPACED = { key: () => ({ schedule: (_options: object, task: () => Promise<unknown>) => task() }) };
/** Maximum time of one request, including its response. */
const REQUEST_SECONDS = 60;

/**
 * The client has no timeouts. Each attempt gets one, so that waiting for a rate limit does not count. The body is read here, so that a
 * connection that drops within it fails the attempt: the client would return a truncated or empty text.
 */
const fetchInTime =
  (seconds: number, budget: PointBudget): typeof fetch =>
  async (input, init) => {
    await budget.spend(pointBudgetCost(init?.method ?? "GET", String(input)));
    const timeout = AbortSignal.timeout(seconds * 1000);
    const response = await fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout });
    if (response.body === null) return response;
    const { status, statusText, headers } = response;
    return new Response(await response.arrayBuffer(), { status, statusText, headers });
  };

/** Statuses that are not retried. `throttle` handles rate limits. */
const DO_NOT_RETRY = [400, 401, 403, 404, 410, 413, 422, 429, 451];
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

function reasonOf(status: number): ForgeError["reason"] {
  if (status === 401) return "credentials";
  if (status === 404) return "missing";
  return [403, 410, 422].includes(status) ? "refused" : "unavailable";
}

/** Converts GitHub's errors to `ForgeError`. Other errors, such as an unreadable key, are returned unchanged. */
function asForgeError(error: unknown): unknown {
  if (error instanceof ForgeError) return error;
  const { response } = error as { response?: Parameters<typeof rateLimitSeconds>[0] };
  const retryAfterSeconds = rateLimitSeconds(response);
  const status = gitHubStatus(error) ?? response?.status;
  if (retryAfterSeconds !== undefined) {
    const publicMessage = "GitHub's limit of requests is used up";
    return new ForgeError((error as Error).message, { reason: "unavailable", publicMessage, retryAfterSeconds, status, cause: error });
  }
  if (status === undefined) return error;
  return new ForgeError((error as Error).message, {
    reason: reasonOf(status),
    // Without a response the client reports status 500.
    publicMessage: response ? `GitHub answered ${status}` : "The connection to GitHub failed",
    status,
    cause: error,
  });
}

/** Whether the body of a response is missing or not JSON, which the client returns as text or bytes. */
const isUnparsed = (status: number, data: unknown): boolean => status !== 204 && (typeof data === "string" || data instanceof ArrayBuffer);

/** The error for a response of a proxy or a maintenance page. */
const notJsonError = (status: number, type = "no content type"): ForgeError =>
  new ForgeError(`GitHub answered ${status} with ${type} instead of JSON`, {
    reason: "unavailable",
    publicMessage: `GitHub answered ${status} without JSON`,
    status,
  });

interface ClientOptions {
  /** Maximum time of one request, including its response. */
  requestSeconds?: number;
  /** Called with the requests left of GitHub's hourly limit, and when the limit resets (Unix time in ms, if GitHub says). */
  onRequestsLeft?(left: number, untilMs: number | undefined): void;
}

/** A client that authenticates as the App's installation on the repository. Its tokens expire after an hour and are renewed. */
export async function githubClient(
  credentials: AppCredentials,
  repository: RepositoryName,
  baseUrl: string,
  { requestSeconds = REQUEST_SECONDS, onRequestsLeft = () => {} }: ClientOptions = {},
): Promise<GitHub> {
  const request = { fetch: fetchInTime(requestSeconds, new PointBudget()) };
  // Requests to one repository are throttled together, whichever client sends them. GitHub counts them by installation.
  const throttle = { ...limits, id: `${baseUrl}/${repository.owner}/${repository.repo}` };
  const common = { baseUrl, retry: { doNotRetry: DO_NOT_RETRY }, log: SILENT, request };
  const client = (options: object): InstanceType<typeof Client> => {
    const made = new Client({ ...common, throttle, ...options });
    made.hook.after("request", ({ headers, status, data }, { request: asked }) => {
      if (isUnparsed(status, data) && asked?.["parseSuccessResponseBody"] !== false) throw notJsonError(status, headers["content-type"]);
      const left = headers["x-ratelimit-remaining"];
      const reset = headers["x-ratelimit-reset"];
      if (left !== undefined && headers["x-ratelimit-resource"] !== "graphql")
        onRequestsLeft(Number(left), reset === undefined ? undefined : Number(reset) * 1000);
    });
    // Registered last, so that retries and throttling see GitHub's own errors.
    made.hook.error("request", (error) => {
      throw asForgeError(error);
    });
    return made;
  };
  const app = client({ authStrategy: createAppAuth, auth: credentials });
  const installation = await unlessGitHubStatus([404], app.request("GET /repos/{owner}/{repo}/installation", { ...repository }));
  if (!installation)
    throw new ForgeNotSetUpError(`The GitHub App is not installed on ${repository.owner}/${repository.repo} (docs/deploy.md)`);
  const { data } = installation;
  const installed = client({ authStrategy: createAppAuth, auth: { ...credentials, installationId: data.id } });
  const queries = client({ authStrategy: () => installed.auth, throttle: { ...throttle, write: UNPACED } });
  const token = async (): Promise<string> => ((await installed.auth({ type: "installation" })) as { token: string }).token;
  return { request: installed.request, graphql: queries.graphql, token };
}

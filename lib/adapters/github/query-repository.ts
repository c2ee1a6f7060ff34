import { ForgeError } from "../../ports/forge-error.ts";
import type { GitHub, RepositoryName } from "./github-client.ts";
import { rateLimitSeconds } from "./rate-limit-seconds.ts";

interface GraphQlError {
  type?: string;
  message?: string;
}

/** Errors that GitHub's GraphQL API reports in a response with status 200. */
const errorsOf = (error: unknown): GraphQlError[] | undefined => {
  const { name, errors } = error as { name?: string; errors?: GraphQlError[] };
  return name === "GraphqlResponseError" ? (errors ?? []) : undefined;
};

const headersOf = (error: unknown): Record<string, string | number | undefined> =>
  (error as { headers?: Record<string, string | number | undefined> }).headers ?? {};

function asForgeError(errors: readonly GraphQlError[], cause: unknown): ForgeError {
  // A secondary limit may come with the status 200: https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
  const limit = errors.find(({ message = "" }) => /secondary rate limit/i.test(message));
  if (limit) {
    const retryAfterSeconds = rateLimitSeconds({ status: 429, headers: headersOf(cause) });
    const publicMessage = "GitHub's limit of requests is used up";
    return new ForgeError(limit.message ?? publicMessage, { reason: "unavailable", publicMessage, retryAfterSeconds, cause });
  }
  const types = errors.map(({ type }) => type);
  const reason = types.includes("NOT_FOUND") ? "missing" : types.includes("FORBIDDEN") ? "refused" : "unavailable";
  const publicMessage = `GitHub answered a query with ${types[0] ?? "an error"}`;
  return new ForgeError(`${publicMessage}: ${errors[0]?.message ?? ""}`, { reason, publicMessage, cause });
}

/** Whether GitHub failed to answer all of a query, not because of rate limits: a smaller query may succeed. */
export const isTooMuchToQuery = (error: unknown): boolean =>
  error instanceof ForgeError && error.reason === "unavailable" && error.retryAfterSeconds === undefined;

/** Runs a GraphQL query about a repository and returns its `repository`. Throws `ForgeError` with the reason `missing` if there is none. */
export async function queryRepository<T>(
  github: GitHub,
  { owner, repo: name }: RepositoryName,
  query: string,
  variables: Record<string, unknown>,
): Promise<T> {
  try {
    const { repository } = await github.graphql<{ repository: T | null }>(query, { owner, name, ...variables });
    if (repository) return repository;
  } catch (error) {
    const errors = errorsOf(error);
    throw errors ? asForgeError(errors, error) : error;
  }
  throw new ForgeError(`There is no repository ${owner}/${name} on GitHub`, {
    reason: "missing",
    publicMessage: "There is no such repository on GitHub",
  });
}

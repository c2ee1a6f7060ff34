import { ForgeError } from "../../ports/forge-error.ts";
import type { GitHub, RepositoryName } from "./github-client.ts";

interface GraphQlError {
  type?: string;
  message?: string;
}

/** What GitHub's GraphQL API reports in an answer with status 200. */
const errorsOf = (error: unknown): GraphQlError[] | undefined => {
  const { name, errors } = error as { name?: string; errors?: GraphQlError[] };
  return name === "GraphqlResponseError" ? (errors ?? []) : undefined;
};

function asForgeError(errors: readonly GraphQlError[], cause: unknown): ForgeError {
  const types = errors.map(({ type }) => type);
  const reason = types.includes("NOT_FOUND") ? "missing" : types.includes("FORBIDDEN") ? "refused" : "unavailable";
  const publicMessage = `GitHub answered a query with ${types[0] ?? "an error"}`;
  return new ForgeError(`${publicMessage}: ${errors[0]?.message ?? ""}`, { reason, publicMessage, cause });
}

/** Asks about a repository by GraphQL; the result is its `repository`. Throws `ForgeError` with the reason `missing` if there is none. */
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

import type { RepositoryName } from "./github-client.ts";

/** Reads `owner/name`. */
export function parseGitHubRepository(text: string): RepositoryName {
  const [owner, repo, more] = text.split("/");
  if (!owner || !repo || more !== undefined) throw new Error(`"${text}" is not a repository: expected owner/name`);
  return { owner, repo };
}

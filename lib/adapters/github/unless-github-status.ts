export const gitHubStatus = (error: unknown): number | undefined => (error as { status?: number }).status;

/** Awaits a request; undefined if GitHub answers with one of these statuses. */
export async function unlessGitHubStatus<T>(statuses: readonly number[], request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (statuses.includes(gitHubStatus(error) ?? 0)) return undefined;
    throw error;
  }
}

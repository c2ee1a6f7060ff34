/** Git's messages about an object that it would have to fetch first. */
const LAZY_FETCH = /lazy fetching disabled|promisor remote/;
const PARTIAL_CLONE =
  "this is a partial clone (--filter), which lacks files or folders, and Factpress never fetches. Fetch them once: git fetch --refetch --no-filter";

/** A git command failed. */
export class GitError extends Error {
  override name = "GitError";
  /** Null if git did not start or was killed. */
  readonly exitCode: number | null;
  readonly stderr: string;
  constructor(command: string, exitCode: number | null, stderr: string, cause?: unknown) {
    const said = stderr.trim().split("\n").slice(0, 3).join(" ");
    const message = LAZY_FETCH.test(stderr) ? `${PARTIAL_CLONE} (${said})` : said;
    const reason = message || (exitCode === null ? (cause as Error | undefined)?.message : `exit code ${exitCode}`);
    super(`git ${command} failed: ${reason}`, { cause });
    this.exitCode = exitCode;
    this.stderr = stderr.trim();
  }
}

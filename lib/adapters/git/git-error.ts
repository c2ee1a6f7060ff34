/** Git's messages about an object that it would have to fetch first. */
const LAZY_FETCH = /lazy fetching disabled|promisor remote/;
const PARTIAL_CLONE =
  "this is a partial clone (--filter), which lacks files or folders, and Factpress never fetches. Fetch them once: git fetch --refetch --no-filter";

/** Git's messages about an object that it lacks or cannot decode, or about a lost repository that this one borrows objects from. */
const DAMAGE =
  /^(error|fatal): (could not read|bad object|bad tree object|not a tree object|unable to (read|unpack|normalize alternate)|inflate:|object file|(loose|packed) object .* is corrupt|missing blob|failed to (traverse|read) )/im;
const DAMAGED = "The repository lacks objects, or they are damaged. See git fsck, and fetch or clone it again";

/** A git command failed. */
export class GitError extends Error {
  override name = "GitError";
  /** Null if git did not start or was killed. */
  readonly exitCode: number | null;
  readonly stderr: string;
  constructor(command: string, exitCode: number | null, stderr: string, cause?: unknown) {
    const said = stderr.trim().split("\n").slice(0, 3).join(" ");
    const message = LAZY_FETCH.test(stderr) ? `${PARTIAL_CLONE} (${said})` : DAMAGE.test(stderr) ? `${said}. ${DAMAGED}` : said;
    const reason = message || (exitCode === null ? (cause as Error | undefined)?.message : `exit code ${exitCode}`);
    super(`git ${command} failed: ${reason}`, { cause });
    this.exitCode = exitCode;
    this.stderr = stderr.trim();
  }
}

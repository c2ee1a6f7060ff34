/** Git's messages about an object that it would have to fetch first. */
const LAZY_FETCH = /lazy fetching disabled|promisor remote/;
const PARTIAL_CLONE =
  "this is a partial clone (--filter), which lacks files or folders, and Factpress never fetches. Fetch them once: git fetch --refetch --no-filter";

/** Git's messages about an object that it lacks or cannot decode, or about a lost repository that this one borrows objects from. */
const DAMAGE =
  /^(error|fatal): (could not read|bad object|bad tree object|not a tree object|unable to (read|unpack|normalize alternate)|inflate:|object file|(loose|packed) object .* is corrupt|missing blob|failed to (traverse|read) )/im;
/** Git also reports an object without read permission as missing or corrupt. */
export const DAMAGE_REMEDY = "Check the permissions in .git, see git fsck, then fetch or clone the repository again";
const DAMAGED = `The repository lacks objects, or they are damaged or unreadable. ${DAMAGE_REMEDY}`;

/** The system's messages about a file of a repository that the user may not read. */
const NO_PERMISSION = /: (permission denied|operation not permitted|access is denied)/i;
const UNREADABLE = "This user may not read the file. Correct its owner or its permissions";

/** What to do about the failure of a command that reads a local repository. */
function localRemedy(stderr: string): string | undefined {
  if (NO_PERMISSION.test(stderr)) return UNREADABLE;
  return DAMAGE.test(stderr) ? DAMAGED : undefined;
}

/** A git command failed. */
export class GitError extends Error {
  override name = "GitError";
  /** Null if git did not start or was killed. */
  readonly exitCode: number | null;
  readonly stderr: string;
  /** `isTransfer`: the command was a clone, fetch or ls-remote. What these print is about access and the other side, whose text is arbitrary. */
  constructor(
    command: string,
    exitCode: number | null,
    stderr: string,
    { cause, isTransfer = false }: { cause?: unknown; isTransfer?: boolean } = {},
  ) {
    const said = stderr.trim().split("\n").slice(0, 3).join(" ").replace(/\.$/, "");
    const remedy = isTransfer ? undefined : localRemedy(stderr);
    const message = !isTransfer && LAZY_FETCH.test(stderr) ? `${PARTIAL_CLONE} (${said})` : remedy ? `${said}. ${remedy}` : said;
    const reason = message || (exitCode === null ? (cause as Error | undefined)?.message : `exit code ${exitCode}`);
    super(`git ${command} failed: ${reason}`, { cause });
    this.exitCode = exitCode;
    this.stderr = stderr.trim();
  }
}

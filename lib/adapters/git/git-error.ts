/** A git command failed. */
export class GitError extends Error {
  override name = "GitError";
  /** Null if git did not start or was killed. */
  readonly exitCode: number | null;
  readonly stderr: string;
  constructor(command: string, exitCode: number | null, stderr: string, cause?: unknown) {
    const message = stderr.trim().split("\n").slice(0, 3).join(" ");
    const reason = message || (exitCode === null ? (cause as Error | undefined)?.message : `exit code ${exitCode}`);
    super(`git ${command} failed: ${reason}`, { cause });
    this.exitCode = exitCode;
    this.stderr = stderr.trim();
  }
}

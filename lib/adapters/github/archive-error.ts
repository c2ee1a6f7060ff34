/** GitHub, the network, gzip or tar failed, or the archive is too large: there is no archive, or only a part of one. */
export class ArchiveError extends Error {
  override name = "ArchiveError";
}

/** The error for a failure of something that an archive is read from. Its message ends with the code of the cause, such as ENOTFOUND. */
export function archiveError(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error;
  const { name, message } = error as Error;
  const codes: string[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === "string") codes.push(code);
  }
  return new ArchiveError(`${name}: ${message}${codes.length > 0 ? ` (${codes.at(-1)})` : ""}`, { cause: error });
}

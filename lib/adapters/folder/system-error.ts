/** Whether the system refused with one of these codes. */
export const hasErrorCode = (error: unknown, ...codes: readonly string[]): boolean => {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code !== undefined && codes.includes(code);
};

/** What the system answers about a path; undefined where nothing stands there. Every other failure is thrown. */
export async function ifExists<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  }
}

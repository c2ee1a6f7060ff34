/** Whether a system error has one of these codes. */
export const hasErrorCode = (error: unknown, ...codes: readonly string[]): boolean => {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code !== undefined && codes.includes(code);
};

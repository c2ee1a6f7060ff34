/** Maximum lines of git's message that are shown. Advice follows the first line. */
const SHOWN = 6;

/** Git's error message with its advice, on one line. */
export const gitFailureReason = (stderr: string): string =>
  stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(0, SHOWN)
    .join(" ");

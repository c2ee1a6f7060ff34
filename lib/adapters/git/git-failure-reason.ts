/** Maximum lines of git's message; advice follows the first. */
const SHOWN = 6;

/** What git printed when it failed, advice included, on one line. */
export const gitFailureReason = (stderr: string): string =>
  stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(0, SHOWN)
    .join(" ");

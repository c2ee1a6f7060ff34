/** Properties of a string, as bits. */
export const StringFlag = {
  /** Contains characters that require quotes in a CSV. */
  quotable: 1,
  semicolon: 2,
  backslash: 4,
  /** Contains non-ASCII or other characters that must be checked. */
  unusual: 8,
} as const;

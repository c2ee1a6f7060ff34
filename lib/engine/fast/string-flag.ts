/** What a string holds, as bits. */
export const StringFlag = {
  /** Anything for which a CSV puts quotes around a cell. */
  quotable: 1,
  semicolon: 2,
  backslash: 4,
  /** Characters beyond ASCII, or others that have to be looked at. */
  unusual: 8,
} as const;

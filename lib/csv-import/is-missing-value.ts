/** Notations for a missing value of people, statistical offices and programs. */
const MISSING_VALUES = new Set([
  ...[
    "na",
    "n/a",
    "n.a.",
    "n.a",
    "n. a.",
    "n/d",
    "n.d.",
    "nd",
    "s/d",
    "k.a.",
    "k. a.",
    "nan",
    "-nan",
    "null",
    "(null)",
    "\\n",
    "none",
    "nil",
  ],
  ...["<na>", "nat", "(blank)", "(none)", "unknown", "missing", "not available", "not applicable"],
  ...["#n/a", "#na", "#n/a n/a", "#null!", "#value!", "#ref!", "#div/0!", "#num!", "#name?"],
  ...["-", "--", "---", "–", "—", "−", "?", "??", ".", "..", "...", "…", ":", "*"],
]);

/** Whether a cell alone looks like a missing value. It may be a value: NA is also Namibia. */
export const isMissingValue = (cell: string): boolean =>
  cell.length <= 14 && !/^\d/.test(cell) && MISSING_VALUES.has(cell.trim().toLowerCase());

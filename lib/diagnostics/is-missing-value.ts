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
  // Errors of spreadsheets, in several languages.
  ...["#n/a", "#na", "#n/a n/a", "#null!", "#value!", "#ref!", "#div/0!", "#num!", "#name?", "#error!", "#spill!", "#calc!", "err:502"],
  ...["#nv", "#wert!", "#bezug!", "#zahl!", "#n/d", "#valeur!", "#nombre!", "#nom?", "#¡valor!", "#¡ref!", "#¡div/0!", "#valore!", "#rif!"],
  // A cell of spaces.
  "",
  ...["-", "--", "---", "–", "—", "−", "?", "??", ".", "..", "...", "…", ":", "*"],
]);

/** Whether a cell alone looks like a missing value. It may be a value: NA is also Namibia. */
export const isMissingValue = (cell: string): boolean =>
  cell !== "" && cell.length <= 14 && !/^\d/.test(cell) && MISSING_VALUES.has(cell.trim().toLowerCase());

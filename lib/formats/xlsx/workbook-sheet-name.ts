/** Limits of Excel: at most 31 characters, none of these, unique without regard to case. "History" is reserved. */
const MAX_NAME_CHARACTERS = 31;

const NOT_IN_NAMES = /[[\]:*?/\\']/g;

/** Derives a valid sheet name. */
export function workbookSheetName(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted.replace(NOT_IN_NAMES, "-");
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? "" : ` (${number})`;
    const name = base.slice(0, MAX_NAME_CHARACTERS - suffix.length) + suffix;
    if (name.toLowerCase() !== "history" && !taken.has(name.toLowerCase())) return name;
  }
}

/** Layout 1. */
const GUARD_1 =
  "Text that starts with = + - @ ', a tab or a carriage return has one ' put before it, so that no spreadsheet runs it as a formula: drop one leading ' to get the exact text.";
const GUARD =
  "Text, and the name of a column, that starts with = + - @ ', a tab or a line break has one ' put before it, so that no spreadsheet runs it as a formula; so has what follows a ; within it. Numbers and a sign on its own have none. Drop one ' at the start and one after each ; to get the exact text. This description names columns and values as they stand in the CSV.";

/** How to read the CSV files of layout 1. */
const README_1 = [
  'CSV files are UTF-8 with CRLF line endings (RFC 4180). No value is an empty cell; an empty text is `""`.',
  "Text that starts with `=`, `+`, `-`, `@`, `'`, a tab or a carriage return has one `'` put before it, so that no",
  "spreadsheet runs it: drop one leading `'` to get the exact text. Lists are joined with `;` (in items, `;` and `\\`",
  "have a `\\` before them, `\\-` is an item without a value, `[]` an empty list). Partial dates keep their text;",
  "`…_start` and `…_end` are the first and the last day they cover. `SHA256SUMS` holds the hash of every file:",
  "`sha256sum -c SHA256SUMS`.",
];

/** How to read the CSV files. */
const README = [
  'CSV files are UTF-8 with CRLF line endings (RFC 4180). No value is an empty cell; an empty text is `""`.',
  "",
  "Text, and the name of a column, that starts with `=`, `+`, `-`, `@`, `'`, a tab or a line break has one `'` put before",
  "it, so that no spreadsheet runs it as a formula; so has what follows a `;` within it. Numbers and a sign on its own have",
  "none. Drop one `'` at the start and one after each `;` to get the exact text.",
  "",
  "Lists are joined with `;` (in items, `;` and `\\` have a `\\` before them, `\\-` is an item without a value, `[]` an empty",
  "list). Partial dates keep their text; `…_start` and `…_end` are the first and the last day they cover.",
];

export const packageNote = (layout: number): string => (layout === 1 ? GUARD_1 : GUARD);
export const packageReadmeNote = (layout: number): string[] => (layout === 1 ? README_1 : README);

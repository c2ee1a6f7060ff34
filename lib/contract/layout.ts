/**
 * The layout of exported files. Raise it whenever the same records are exported as different bytes, and keep the code for
 * earlier layouts: every release is rebuilt in its own (docs/versions.md).
 *
 * 1: the first layout.
 * 2: the formula guard of CSV skips numbers and single signs, and covers column names and text after a `;`;
 *    `datapackage.json` describes cells as written in the CSV; `CITATION.cff` names authors, not publishers.
 */
export const LAYOUT = 2;

/** The layout of a release whose catalogue entry names none. */
export const FIRST_LAYOUT = 1;

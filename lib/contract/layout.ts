/**
 * The layout of exported files. Raise it whenever the same records come out as other bytes, and keep the code that writes the earlier
 * layouts: every release is rebuilt in its own (docs/versions.md).
 *
 * 1: the first.
 * 2: numbers and lone signs are not guarded; names of columns and what follows a `;` are; `datapackage.json` describes cells as they
 *    stand in the CSV; `CITATION.cff` names authors, not publishers.
 */
export const LAYOUT = 2;

/** The layout of catalogue entries that name none. */
export const FIRST_LAYOUT = 1;

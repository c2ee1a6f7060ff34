/** Rows that the page shows at once. */
export const PAGE_ROWS = 200;
/** Rows that are printed. */
export const PRINTED_ROWS = 2_000;
/** Rows that the page holds from the start where each is on the page of its subject, too. */
export const FIRST_ROWS = 25;
/** Sources that the page lists where all of them have a page of their own. */
export const FIRST_SOURCES = 12;
/** With more columns the data dictionary has a page of its own. */
export const PAGE_COLUMNS = 40;
/** With more files the page folds their list. */
export const UNFOLDED_FILES = 20;
/** Larger tables are not explored in a browser. */
export const EXPLORED_ROWS = 25_000;
/** A filter with more values is left to the search. */
export const FILTER_VALUES = 500;
export const TIMELINE_LANES = 18;
/** With more marks there is no timeline. */
export const TIMELINE_MARKS = 1_000;
/** A table of more subjects has no pages for them. */
export const SUBJECT_PAGES = 300;
/** Statements of a larger table have no cards. */
export const CARDS = 300;
/** The most cited come first. */
export const LISTED_SOURCES = 500;
/** Newest first. */
export const LISTED_VERSIONS = 50;
/** A larger difference is left to CHANGES.md. */
export const SHOWN_CHANGES = 200;

/** Rows that the page shows at once, and holds from the start. */
export const PAGE_ROWS = 200;
/** Larger tables are not explored in a browser. */
export const EXPLORED_ROWS = 25_000;
/** A filter with more values is left to the search. */
export const FILTER_VALUES = 500;
export const TIMELINE_LANES = 18;
/** With more marks there is no timeline. */
export const TIMELINE_MARKS = 1_000;
/** A table of more subjects has no pages for them. */
export const SUBJECT_PAGES = 300;
/** The most cited come first. */
export const LISTED_SOURCES = 500;
/** Newest first. */
export const LISTED_VERSIONS = 50;
/** A larger difference is left to CHANGES.md. */
export const SHOWN_CHANGES = 200;

/** Maximum rows that the page shows at once. */
export const PAGE_ROWS = 200;
/** Maximum rows printed. */
export const PRINTED_ROWS = 2_000;
/** Maximum rows included in the page if subjects have pages. */
export const FIRST_ROWS = 25;
/** Maximum sources in the page if each has a page. */
export const FIRST_SOURCES = 12;
/** Maximum columns in the page; with more, the data dictionary is a separate page. */
export const PAGE_COLUMNS = 40;
/** Maximum files listed; a longer list is folded. */
export const UNFOLDED_FILES = 20;
/** Maximum rows that are explored in a browser. */
export const EXPLORED_ROWS = 25_000;
/** Maximum values of a filter; others are found by the search. */
export const FILTER_VALUES = 500;
export const TIMELINE_LANES = 18;
/** Maximum marks of a timeline; with more there is none. */
export const TIMELINE_MARKS = 1_000;
/** Maximum subjects or sources with pages; a larger table has none. */
export const SUBJECT_PAGES = 300;
/** Maximum statements with cards; a larger table has none. */
export const CARDS = 300;
/** Maximum sources listed, the most cited first. */
export const LISTED_SOURCES = 500;
/** Maximum versions listed, newest first. */
export const LISTED_VERSIONS = 50;
/** Maximum changes shown; CHANGES.md has the rest. */
export const SHOWN_CHANGES = 200;

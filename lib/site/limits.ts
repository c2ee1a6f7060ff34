/** Maximum rows that the explorer shows at once, and that a page without scripts lists. */
export const PAGE_ROWS = 200;
/** Maximum subjects in the answer table; the others are links below it. */
export const ANSWER_ROWS = 60;
/** Maximum links below that table. */
export const ANSWER_LINKS = 300;
/** Maximum records listed on the board for each status; the others are counted. */
export const BOARD_MEMBERS = 60;
/** Maximum statuses on the board; with more, there is no board. */
export const BOARD_STATUSES = 24;
/** Maximum rows printed. */
export const PRINTED_ROWS = 2_000;
/** Maximum rows shown before a reader asks for more. */
export const FIRST_ROWS = 4;
/** Maximum rows shown unfolded for a table that is too large to explore. */
export const FIRST_ROWS_OF_MANY = 25;
/** Maximum sources shown before a reader asks for more. */
export const FIRST_SOURCES = 2;
/** Maximum statements shown with all details on a subject's page or in a section of a source's page; the others are one paragraph each. */
export const DETAILED_STATEMENTS = 30;
/** Maximum statements listed on a subject's page or in a section of a source's page. */
export const LISTED_STATEMENTS = 300;
/** Maximum passages listed unfolded in each section of a source's page, with at most twice as many statements. */
export const FIRST_PASSAGES = 6;
/** Maximum sources shown on the list of all sources before a reader asks for more. */
export const FIRST_LISTED_SOURCES = 24;
/** Maximum columns of a table whose descriptions are unfolded. */
export const UNFOLDED_COLUMNS = 12;
/** Maximum columns in the page; with more, the data dictionary is a separate page. */
export const PAGE_COLUMNS = 40;
/** Maximum files listed; a longer list is folded. */
export const UNFOLDED_FILES = 8;
/** Maximum rows that are explored in a browser. */
export const EXPLORED_ROWS = 25_000;
/** Maximum filters of a table. */
export const FILTERS = 40;
/** Maximum values of a filter; the search finds the others. */
export const FILTER_VALUES = 500;
export const TIMELINE_LANES = 18;
/** Maximum marks of a timeline; with more, there is no timeline. */
export const TIMELINE_MARKS = 1_000;
/** Maximum subjects or sources with pages: the first in the order of the answer. */
export const RECORD_PAGES = 300;
/** Maximum statements with cards: the first in the order of the answer. */
export const CARDS = 300;
/** Maximum sources listed, the most cited first. */
export const LISTED_SOURCES = 500;
/** Maximum versions listed, newest first. */
export const LISTED_VERSIONS = 50;
/** Maximum versions listed unfolded. */
export const FIRST_VERSIONS = 6;
/** Maximum changes, or groups of changes, listed before a reader asks for more. */
export const FIRST_CHANGES = 4;
/** Maximum groups of changes on a page; CHANGES.md has all. */
export const LISTED_KINDS = 50;
/** Maximum changed columns of a record listed unfolded. */
export const FIRST_CHANGED_VALUES = 2;

import type { Row } from "./explorer-model.ts";
import type { Found, Query, SearchTexts } from "./query.ts";

/** What the explorer does in a browser: address, focus, clipboard, downloads. */
export interface ExplorerEffects {
  /** Reports the query and the row that the address names, now and when it changes; an undefined query has not changed. Returns what stops it. */
  watchAddress(onChange: (query: Query | undefined, row: string | undefined) => void): () => void;
  /**
   * Writes the query to the address: as a new step of the history, or over the current one where the reader types, or where a
   * link leads to a row that a filter hides.
   */
  writeAddress(query: Query, replaces?: "typed" | { row: string }): void;
  /** Searches all rows, and fetches them first where the page does not hold them; undefined where a later search replaced this one. */
  findRows(query: Query, texts: SearchTexts): Promise<Found | undefined>;
  /** Reports all rows when the page is about to be printed, if they were fetched, and undefined afterwards. Returns what stops it. */
  watchPrinting(onChange: (rows: readonly Row[] | undefined) => void): () => void;
  focusRow(id: string): void;
  /** The link to a row on the page of a path; without them, to what is shown. */
  copyLink(row?: { id: string; path?: string }): void;
  copyJson(row: Row): void;
  copyCitation(row: Row): void;
  /** Address of the line that holds a row in the repository. */
  editUrl(id: string): Promise<string | undefined>;
  download(rows: readonly Row[]): void;
}

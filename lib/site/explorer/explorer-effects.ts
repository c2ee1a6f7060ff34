import type { Row } from "./explorer-model.ts";
import type { Query, QueryResult, SearchTexts } from "./query.ts";

/** Effects of the explorer in a browser: address, focus, clipboard, downloads. */
export interface ExplorerEffects {
  /** Runs a function in a later task, optionally after a pause between keys. Returns a function that cancels it. */
  soon(run: () => void, isAfterTyping: boolean): () => void;
  /**
   * Reports the query and the row in the address, now and on every change; the query is undefined if it has not changed. Returns a function
   * that stops it.
   */
  watchAddress(onChange: (query: Query | undefined, row: string | undefined) => void): () => void;
  /**
   * Writes the query to the address: as a new history entry, or in place if the reader is typing or a link leads to a row hidden by a
   * filter.
   */
  writeAddress(query: Query, replaces?: "typed" | { row: string }): void;
  /** Searches all rows, after fetching them if the page does not include them; undefined if a later search has replaced this one. */
  findRows(query: Query, texts: SearchTexts): Promise<QueryResult | undefined>;
  /**
   * Reports all rows when the page is about to be printed, if they were fetched, and undefined afterwards. Returns a function that stops
   * it.
   */
  watchPrinting(onChange: (rows: readonly Row[] | undefined) => void): () => void;
  focusRow(id: string): void;
  /** Copies the link to a row, or else to the current view, on the page of a path. */
  copyLink(target: { id?: string | undefined; path?: string | undefined }): void;
  copyJson(row: Row): void;
  copyCitation(row: Row): void;
  /** The address of the line of a row in the repository. */
  editUrl(id: string): Promise<string | undefined>;
  download(rows: readonly Row[]): void;
}

import { PAGE_COLUMNS } from "../limits.ts";
import type { ReleasePage } from "./release-page.ts";

/** Addresses of the lists that are separate pages; only the newest release has them. */
export interface ListPages {
  /** Of all sources, if each has a page. */
  sources?: string;
  /** Of all columns, if there are many. */
  columns?: string;
}

export function listPages({ name, version, isNewest, main, tables }: ReleasePage): ListPages {
  if (version === null || !isNewest) return {};
  const sources = main?.sourcePages;
  const columns = `/${name}/columns/`;
  const count = tables.reduce((sum, { plan }) => sum + plan.columns.length, 0);
  return {
    ...(sources === undefined ? {} : { sources }),
    // A table of sources may have the same address.
    ...(count > PAGE_COLUMNS && sources !== columns ? { columns } : {}),
  };
}

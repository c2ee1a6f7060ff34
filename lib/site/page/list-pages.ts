import { PAGE_COLUMNS } from "../limits.ts";
import { countColumns } from "./count-columns.ts";
import type { ReleasePage } from "./release-page.ts";

/** Addresses of the lists that are separate pages; only the newest release has them. */
export interface ListPages {
  /** Of all sources, if some have pages. */
  sources?: string;
  /** Of all columns, if there are many. */
  columns?: string;
}

export function listPages(page: ReleasePage): ListPages {
  const { name, version, isNewest, main } = page;
  if (version === null || !isNewest) return {};
  const sources = main?.sourcePages;
  const columns = `/${name}/columns/`;
  return {
    ...(sources === undefined ? {} : { sources }),
    // A table of sources may have the same address.
    ...(countColumns(page) > PAGE_COLUMNS && sources !== columns ? { columns } : {}),
  };
}

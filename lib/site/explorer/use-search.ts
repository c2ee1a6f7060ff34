import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ExplorerEffects } from "./explorer-effects.ts";
import type { ExplorerModel } from "./explorer-model.ts";
import { findRows } from "./find-rows.ts";
import { isFilteringQuery, type Query, type QueryResult, queryText, type SearchTexts } from "./query.ts";

export interface Search {
  /** Undefined while rows are fetched and searched, and after a failure. */
  found: QueryResult | undefined;
  /** The previous result, or else the rows of the page, until there is a new result. */
  lastKnown: QueryResult;
  hasFailed: boolean;
}

const unfiltered = (model: ExplorerModel): QueryResult => ({
  rows: model.rows,
  counts: model.facets.map(({ values }) => values.map(({ count }) => count)),
  conflicts: model.conflicts,
  valueless: 0,
});

/** Finds rows in the page if it includes all, or else among the rows that are fetched once `needsAll` is set. */
export function useSearch(model: ExplorerModel, query: Query, needsAll: boolean, effects: ExplorerEffects | undefined): Search {
  const texts = useRef<SearchTexts>(new WeakMap());
  const [remote, setRemote] = useState<{ key: string; found: QueryResult | "failed" } | undefined>(undefined);
  const isWhole = model.rows.length === model.total;
  // Another page of the same rows needs no new search.
  const key = queryText({ ...query, page: 1 }, model);
  const local = useMemo(
    () => (isWhole && (isFilteringQuery(query) || query.sort !== undefined) ? findRows(model, query, texts.current) : unfiltered(model)),
    [model, key],
  );
  useEffect(() => {
    if (isWhole || !effects || !needsAll) return;
    let isCurrent = true;
    const settle = (found: QueryResult | "failed" | undefined): void => {
      if (isCurrent && found) setRemote({ key, found });
    };
    // Failed requests and damaged files: the page says that the search failed.
    void effects.findRows(query, texts.current).then(settle, () => settle("failed"));
    return () => {
      isCurrent = false;
    };
  }, [key, needsAll]);
  const fetched = remote?.key === key ? remote.found : undefined;
  if (isWhole || !needsAll) return { found: local, lastKnown: local, hasFailed: false };
  const before = remote === undefined || remote.found === "failed" ? local : remote.found;
  return { found: fetched === "failed" ? undefined : fetched, lastKnown: before, hasFailed: fetched === "failed" };
}

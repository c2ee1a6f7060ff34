import { useEffect, useMemo, useState } from "preact/hooks";
import { PAGE_ROWS } from "../limits.ts";
import type { RowActions } from "./details.tsx";
import type { ExplorerEffects } from "./explorer-effects.ts";
import type { ExplorerModel, Row } from "./explorer-model.ts";
import { isFilteringQuery, NOTHING, type Query } from "./query.ts";
import { type Search, useSearch } from "./use-search.ts";

type Shown = "rows" | "timeline";

export interface ExplorerState extends Search {
  query: Query;
  /** Which of all rows are shown. */
  shown: ReadonlySet<Shown>;
  showAll(): void;
  toggleTimeline(): void;
  /** Ids of the rows whose details are open. */
  open: ReadonlySet<string>;
  /** All rows that match, while they are printed. */
  printed: readonly Row[] | undefined;
  /** The found rows are complete, not only those of the first page of a large table. */
  isComplete: boolean;
  change(change: Partial<Query>): void;
  effects: ExplorerEffects | undefined;
  actions: RowActions | undefined;
}

/** The page of the table for a row, by its index among the found rows. */
const pageOf = (index: number): number => Math.floor(index / PAGE_ROWS) + 1;

export function useExplorer(model: ExplorerModel, effects: ExplorerEffects | undefined): ExplorerState {
  const [query, setQuery] = useState(NOTHING);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  /** The target row of a link, until it is shown. */
  const [target, setTarget] = useState<string | undefined>(undefined);
  useEffect(
    () =>
      effects?.watchAddress((query, row) => {
        if (query) setQuery(query);
        setTarget(row);
      }),
    [effects],
  );
  const [isExpanded, setExpanded] = useState(false);
  /** Whether to focus the first fetched row once it is there. */
  const [isAwaited, setAwaited] = useState(false);
  const [hasTimeline, setTimeline] = useState(false);
  const isAsked = isFilteringQuery(query) || query.sort !== undefined || query.page > 1;
  const shown = new Set<Shown>([...(isAsked || isExpanded ? (["rows"] as const) : []), ...(hasTimeline ? (["timeline"] as const) : [])]);
  const isHeld = target === undefined || model.rows.some(({ id }) => id === target);
  const needsAll = shown.size > 0 || !isHeld;
  const search = useSearch(model, query, needsAll, effects);
  const { found } = search;
  useEffect(() => {
    if (target === undefined || !found) return;
    const index = found.rows.findIndex(({ id }) => id === target);
    if (index < 0 && isFilteringQuery(query)) {
      // A filter may hide it.
      setQuery(NOTHING);
      effects?.writeAddress(NOTHING, { row: target });
    } else if (index < 0) setTarget(undefined);
    else if (pageOf(index) !== query.page) setQuery({ ...query, page: pageOf(index) });
    else {
      if (!isHeld) setExpanded(true);
      setOpen((before) => new Set([...before, target]));
      setTarget(undefined);
      effects?.focusRow(target);
    }
  }, [target, found, query.page]);
  useEffect(() => {
    const next = found?.rows[model.rows.length];
    if (!isAwaited || !next) return;
    setAwaited(false);
    effects?.focusRow(next.id);
  }, [isAwaited, found]);
  const [printed, setPrinted] = useState<readonly Row[] | undefined>(undefined);
  useEffect(() => effects?.watchPrinting(setPrinted), [effects]);
  const isWhole = model.rows.length === model.total;
  const actions = useMemo(() => effects && rowActions(effects, setOpen), [effects]);
  return {
    ...search,
    query,
    shown,
    showAll() {
      setExpanded(true);
      setAwaited(true);
    },
    toggleTimeline: () => setTimeline(!hasTimeline),
    open,
    isComplete: needsAll || isWhole,
    printed: printed && (needsAll || isWhole ? found?.rows : printed),
    change(change) {
      const next = { ...query, page: 1, ...change };
      setQuery(next);
      effects?.writeAddress(next, change.text !== undefined && change.picked === undefined ? "typed" : undefined);
    },
    effects,
    actions,
  };
}

type SetOpen = (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void;

const rowActions = ({ copyLink, copyJson, copyCitation, editUrl }: ExplorerEffects, setOpen: SetOpen): RowActions => ({
  toggle: (id) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    }),
  copyLink,
  copyJson,
  copyCitation,
  editUrl,
});

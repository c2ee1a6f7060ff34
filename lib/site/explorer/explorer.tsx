import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Filters } from "./filters.tsx";
import { Icon } from "./glyphs.tsx";
import { type ExplorerModel, grouped, PAGE_ROWS, type Row } from "./model.ts";
import { type Found, find, isFiltered, NOTHING, pickedOf, type Query, queryText, type SearchTexts } from "./query.ts";
import { RowsTable } from "./table.tsx";
import { timelineOf } from "./timeline.ts";
import { TimelineView } from "./timeline-view.tsx";

/** What the explorer needs of a browser. */
export interface Surroundings {
  /** The query and the row that the address names, now and when it changes. */
  follow(onAddress: (query: Query | undefined, row: string | undefined) => void): () => void;
  /**
   * Writes the query to the address: as a step for the way back, in the place of what stands there where it is typed, or
   * where a link leads to a row that a filter hides.
   */
  show(query: Query, how?: "typed" | { row: string }): void;
  /** Goes through all rows, fetching them first where the page does not hold them; undefined if another question came. */
  find(query: Query, texts: SearchTexts): Promise<Found | undefined>;
  focusRow(id: string): void;
  copyLink(id?: string): void;
  copyJson(row: Row): void;
  placeOf(id: string): Promise<string | undefined>;
  download(rows: readonly Row[]): void;
}

const unfiltered = (model: ExplorerModel): Found => ({
  rows: model.rows,
  counts: model.facets.map(({ values }) => values.map(({ count }) => count)),
  conflicts: model.conflicts,
});

/** The page of the table that holds a row, by its place among what was found. */
const pageOf = (at: number): number => Math.floor(at / PAGE_ROWS) + 1;

const Pages = ({ total, page, onPage }: { total: number; page: number; onPage(page: number): void }) => {
  const last = Math.ceil(total / PAGE_ROWS);
  if (last <= 1) return null;
  return (
    <nav class="pages live" aria-label="Pages of the table">
      <button type="button" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        Previous
      </button>
      <span>
        Rows {grouped((page - 1) * PAGE_ROWS + 1)} to {grouped(Math.min(total, page * PAGE_ROWS))} of {grouped(total)}
      </span>
      <button type="button" disabled={page >= last} onClick={() => onPage(page + 1)}>
        Next
      </button>
    </nav>
  );
};

/** What the page holds of rows that it does not hold all. */
const Part = ({ model }: { model: ExplorerModel }) =>
  model.total > model.rows.length ? (
    <p class="muted">
      The page holds the first {grouped(model.rows.length)} of {grouped(model.total)} {model.noun[1]}.{" "}
      {model.rest === undefined ? "They are too many to explore here: " : "All of them: "}
      <a href={model.csv}>{model.csv.split("/").at(-1)}</a>
    </p>
  ) : null;

const whatFailed = (model: ExplorerModel, query: Query): string =>
  [
    query.text.trim() === "" ? "" : `“${query.text.trim()}”`,
    ...model.facets.flatMap(({ name, values }) =>
      pickedOf(query, name).map((value) => values.find((each) => each.value === value)?.label ?? value),
    ),
    query.conflicts ? "conflicting claims" : "",
  ]
    .filter(Boolean)
    .join(" and ");

/** Filters, timeline and table of one table. Without surroundings it is what the server writes. */
export const Explorer = ({ model, surroundings }: { model: ExplorerModel; surroundings?: Surroundings }) => {
  const texts = useRef<SearchTexts>(new WeakMap());
  const [query, setQuery] = useState(NOTHING);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState<string | undefined>(undefined);
  const isWhole = model.rows.length === model.total;
  const canExplore = isWhole || model.rest !== undefined;
  /** What was found among all rows, where the page holds only the first: none yet, or why not. */
  const [answer, setAnswer] = useState<{ asked: string; found: Found | "failed" } | undefined>(undefined);
  // Another page of the same rows asks for no other rows.
  const asked = queryText({ ...query, page: 1 }, model);
  const quick = useMemo(
    () => (isWhole && (isFiltered(query) || query.sort !== undefined) ? find(model, query, texts.current) : unfiltered(model)),
    [model, asked],
  );
  const isAsked = isFiltered(query) || query.sort !== undefined || query.page > 1 || wanted !== undefined;
  const slow = answer?.asked === asked ? answer.found : undefined;
  const found = isWhole || !isAsked ? quick : slow === "failed" ? undefined : slow;
  const total = !isAsked ? model.total : (found?.rows.length ?? 0);
  useEffect(
    () =>
      surroundings?.follow((query, row) => {
        if (query) setQuery(query);
        setWanted(row);
      }),
    [surroundings],
  );
  useEffect(() => {
    if (isWhole || !surroundings || !isAsked) return;
    let isLive = true;
    const answered = (found: Found | "failed" | undefined): void => {
      if (isLive && found) setAnswer({ asked, found });
    };
    void surroundings.find(query, texts.current).then(answered, () => answered("failed"));
    return () => {
      isLive = false;
    };
  }, [asked, isAsked]);
  useEffect(() => {
    if (wanted === undefined || !found) return;
    const at = found.rows.findIndex(({ id }) => id === wanted);
    // A filter hides it, or there is no such row.
    if (at < 0 && isFiltered(query)) {
      setQuery(NOTHING);
      surroundings?.show(NOTHING, { row: wanted });
    } else if (at < 0) setWanted(undefined);
    else if (pageOf(at) !== query.page) setQuery({ ...query, page: pageOf(at) });
    else {
      setOpen((before) => new Set([...before, wanted]));
      setWanted(undefined);
      surroundings?.focusRow(wanted);
    }
  }, [wanted, found, query.page]);
  const ask = (change: Partial<Query>): void => {
    const next = { ...query, page: 1, ...change };
    setQuery(next);
    surroundings?.show(next, change.text !== undefined && change.picked === undefined ? "typed" : undefined);
  };
  const sortBy = (column: number): void =>
    ask(
      query.sort !== column
        ? { sort: column, descending: false }
        : query.descending
          ? { sort: undefined, descending: undefined }
          : { descending: true },
    );
  const actions = useMemo(
    () =>
      surroundings && {
        toggle: (id: string) =>
          setOpen((before) => {
            const after = new Set(before);
            if (!after.delete(id)) after.add(id);
            return after;
          }),
        copyLink: surroundings.copyLink,
        copyJson: surroundings.copyJson,
        placeOf: surroundings.placeOf,
      },
    [surroundings],
  );
  // Of the first rows of many it would show another picture than of all.
  const drawn = found && (isWhole || isAsked) ? found.rows : undefined;
  const timeline = useMemo(() => drawn && timelineOf(model, drawn), [model, drawn]);
  const page = Math.max(1, Math.min(query.page, Math.ceil(total / PAGE_ROWS)));
  const shown = found?.rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS) ?? [];
  const filtered = isFiltered(query);
  return (
    <>
      {canExplore ? null : <Part model={model} />}
      {canExplore ? (
        <search class="panel filters live">
          <Filters asking={{ model, query, found: found ?? quick, ask }} />
          <div class="result">
            <p role="status">
              {found ? null : slow === "failed" ? "The rows could not be fetched: try again. " : "Searching "}
              <strong>{found && filtered ? `${grouped(total)} of ${grouped(model.total)}` : grouped(model.total)}</strong>{" "}
              {model.noun[model.total === 1 ? 0 : 1]}
              {found || slow === "failed" ? "" : " …"}
              {query.sort === undefined ? "" : `, sorted by ${model.columns[query.sort]?.title}${query.descending ? ", last first" : ""}`}
            </p>
            <p class="tools">
              {filtered ? (
                <button type="button" class="plain" onClick={() => ask({ ...NOTHING, sort: query.sort, descending: query.descending })}>
                  <Icon name="clear" /> Clear filters
                </button>
              ) : null}
              <button type="button" class="plain" onClick={() => surroundings?.copyLink()}>
                <Icon name="link" /> Copy link to this view
              </button>
              {isWhole || isAsked ? (
                <button type="button" class="plain" onClick={() => found && surroundings?.download(found.rows)} disabled={!found}>
                  <Icon name="download" />{" "}
                  {filtered ? `Download ${grouped(total)} ${total === 1 ? "row" : "rows"} as CSV` : "Download rows as CSV"}
                </button>
              ) : null}
            </p>
          </div>
        </search>
      ) : null}
      {found && total === 0 && model.total > 0 ? (
        <div class="empty">
          <p>
            <strong>Nothing matches {whatFailed(model, query)}.</strong>
          </p>
          <p>Fewer words or filters find more.</p>
          <button type="button" onClick={() => ask(NOTHING)}>
            Clear all filters
          </button>
        </div>
      ) : (
        <>
          {timeline ? <TimelineView model={model} timeline={timeline} /> : null}
          <RowsTable
            model={model}
            query={query}
            rows={shown}
            open={open}
            keepsDetails={isWhole}
            {...(actions ? { actions } : {})}
            {...(canExplore ? { onSort: sortBy } : {})}
          />
          {canExplore ? <Pages total={total} page={page} onPage={(page) => ask({ page })} /> : null}
        </>
      )}
      {canExplore ? <Part model={model} /> : null}
    </>
  );
};

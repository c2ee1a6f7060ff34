import { useMemo } from "preact/hooks";
import { grouped } from "../../contract/grouped.ts";
import { PAGE_ROWS, PRINTED_ROWS } from "../limits.ts";
import { counted } from "./counted.ts";
import { criteriaText } from "./criteria-text.ts";
import type { ExplorerEffects } from "./explorer-effects.ts";
import type { ExplorerModel, Row } from "./explorer-model.ts";
import { FilterPanel } from "./filter-panel.tsx";
import { PlaceMapPicture } from "./place-map-picture.tsx";
import { isFilteringQuery, NOTHING, type Query } from "./query.ts";
import { RowsTable } from "./rows-table.tsx";
import { timelineOf } from "./timeline.ts";
import { TimelineChart } from "./timeline-chart.tsx";
import { type ExplorerState, useExplorer } from "./use-explorer.ts";
import { useGradualRows } from "./use-gradual-rows.ts";

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

const NoMatches = ({ model, state: { query, found, change } }: { model: ExplorerModel; state: ExplorerState }) => (
  <div class="empty">
    <p>
      <strong>No results for {criteriaText(model, query)}.</strong>
    </p>
    {found?.otherText ? (
      <button type="button" onClick={() => change({ text: found.otherText })}>
        Search for “{found.otherText}”
      </button>
    ) : null}
    <button type="button" onClick={() => change(NOTHING)}>
      Clear all filters
    </button>
  </div>
);

/** Ascending, then descending, then the default order. */
const nextSort = ({ sort, descending }: Query, column: number): Pick<Query, "sort" | "descending"> =>
  sort !== column
    ? { sort: column, descending: false }
    : descending
      ? { sort: undefined, descending: undefined }
      : { sort, descending: true };

/** The rows if they are printed and not too many. */
const rowsOnPaper = (rows: readonly Row[] | undefined): readonly Row[] | undefined =>
  rows && rows.length <= PRINTED_ROWS ? rows : undefined;

/** A button after the first rows that shows all others. */
const ShowRows = ({ model: { total, noun }, onShow }: { model: ExplorerModel; onShow(): void }) => (
  <p class="live show-rows">
    <button type="button" onClick={onShow}>
      {total > PAGE_ROWS ? `Show more ${noun[1]}` : `Show all ${grouped(total)} ${noun[1]}`}
    </button>
  </p>
);

/** The text whose words the rows have. */
const searchedText = ({ found, query }: ExplorerState): string => found?.nearText ?? query.text;

interface RowsProps {
  model: ExplorerModel;
  state: ExplorerState;
  total: number;
  canExplore: boolean;
}

const Rows = ({ model, state, total, canExplore }: RowsProps) => {
  const { query, found, lastKnown, open, actions, change, shown, showAll, printed, effects } = state;
  const page = Math.max(1, Math.min(query.page, Math.ceil(total / PAGE_ROWS)));
  const isCut = canExplore && model.rows.length < model.total && !shown.has("rows");
  // The previous result stays until there is a new one.
  const best = isCut
    ? lastKnown.rows.slice(0, model.rows.length)
    : (found ?? lastKnown).rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  const { drawn, isDrawing } = useGradualRows(best, ({ id }) => open.has(id), effects);
  const onPaper = rowsOnPaper(printed);
  const rows = onPaper ?? drawn;
  return (
    <>
      <p class="printed">
        {isFilteringQuery(query) ? `${grouped(total)} of ${counted(model.total, model.noun)}: ${criteriaText(model, query)}. ` : ""}
        {rows.length < total
          ? `Printed: ${grouped(rows.length)} of ${grouped(total)} ${model.noun[1]}. ${
              total > PRINTED_ROWS ? "The files of the release have all of them." : "Show all of them before you print."
            }`
          : ""}
      </p>
      <RowsTable
        model={model}
        query={query}
        rows={rows}
        text={searchedText(state)}
        isBusy={isDrawing && !onPaper}
        open={open}
        keepsDetails={model.subjects === undefined || model.withoutPage !== undefined}
        {...(actions ? { actions } : {})}
        {...(canExplore
          ? {
              onSort: (column: number) => change(nextSort(query, column)),
              onPick: (facet: string, values: string[]) => change({ picked: { ...query.picked, [facet]: values } }),
            }
          : {})}
      />
      {isCut ? (
        <ShowRows model={model} onShow={showAll} />
      ) : canExplore ? (
        <Pages total={total} page={page} onPage={(page) => change({ page })} />
      ) : null}
    </>
  );
};

/** The timeline of all rows; if the page does not include them, it is drawn on request. */
const TimelinePart = ({ model, state: { found, isComplete, shown, toggleTimeline } }: { model: ExplorerModel; state: ExplorerState }) => {
  const isWhole = model.rows.length === model.total;
  const isShown = isWhole || shown.has("timeline");
  // A timeline of only the first rows would be misleading.
  const dated = isComplete && isShown ? found?.rows : undefined;
  const timeline = useMemo(() => dated && timelineOf(model, dated), [model, dated]);
  return (
    <>
      {model.isTimed && !isWhole ? (
        <p class="live">
          <button type="button" aria-expanded={isShown} onClick={toggleTimeline}>
            {isShown ? "Hide" : "Show"} the timeline
          </button>
        </p>
      ) : null}
      {timeline ? <TimelineChart model={model} timeline={timeline} /> : null}
    </>
  );
};

/** Filters, timeline and rows of one table. The server renders it without effects. */
export const Explorer = ({ model, effects }: { model: ExplorerModel; effects?: ExplorerEffects }) => {
  const state = useExplorer(model, effects);
  const { found, isComplete } = state;
  const canExplore = model.rows.length === model.total || model.rest !== undefined;
  const total = isComplete ? (found?.rows.length ?? 0) : model.total;
  return (
    <>
      {canExplore ? <FilterPanel model={model} state={state} total={total} {...(effects ? { effects } : {})} /> : null}
      {found && total === 0 && model.total > 0 ? (
        <NoMatches model={model} state={state} />
      ) : (
        <>
          <TimelinePart model={model} state={state} />
          {model.map ? <PlaceMapPicture model={model} map={model.map} rows={isComplete ? found?.rows : undefined} /> : null}
          <Rows model={model} state={state} total={total} canExplore={canExplore} />
        </>
      )}
    </>
  );
};

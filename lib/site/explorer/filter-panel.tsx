import { useState } from "preact/hooks";
import { grouped } from "../../contract/grouped.ts";
import { CopyLinks } from "./copy-links.tsx";
import { counted } from "./counted.ts";
import { criteriaText } from "./criteria-text.ts";
import type { ExplorerEffects } from "./explorer-effects.ts";
import type { ExplorerModel } from "./explorer-model.ts";
import { Filters } from "./filters.tsx";
import { Icon } from "./icon.tsx";
import { isFilteringQuery, NOTHING, type QueryResult, queryPicks } from "./query.ts";
import type { ExplorerState } from "./use-explorer.ts";
import { rangeKind } from "./value-range.ts";

interface PanelProps {
  model: ExplorerModel;
  state: ExplorerState;
  /** Number of matching rows. */
  total: number;
  effects?: ExplorerEffects;
}

/** Number of rows that a range excludes because they have no comparable value. */
const Valueless = ({ model, state: { query, found } }: PanelProps) => {
  const many = found?.valueless ?? 0;
  const [range, other] = model.facets.filter(({ kind, name }) => kind === "range" && queryPicks(query, name).length > 0);
  if (many === 0 || !range) return null;
  const isDate = rangeKind(model, range) === "date" && !range.among;
  const lacked = other ? "these values" : isDate && model.isTimed ? "any date" : `“${range.title}”`;
  return <span class="muted">{`; left out: ${counted(many, model.noun)} without ${lacked}`}</span>;
};

/** `7 of 20 facts about 5 countries`: filters count statements, of which a subject has several. */
const Count = ({ model, state: { query, found }, total }: PanelProps) => {
  const { facets, noun, subjectNoun } = model;
  const at = facets.findIndex(({ role }) => role === "subject");
  const rows = found && isFilteringQuery(query) ? found.rows : undefined;
  const subjects = rows ? new Set(rows.map((row) => row.in[at])).size : facets[at]?.values.length;
  return (
    <>
      <strong>{`${rows ? `${grouped(total)} of ` : ""}${grouped(model.total)}`}</strong> {noun[model.total === 1 ? 0 : 1]}
      {subjectNoun && subjects ? ` about ${counted(subjects, subjectNoun)}` : ""}
    </>
  );
};

/** Why no row was found. */
function noneText({ absent = [] }: QueryResult): string {
  const words = absent.map((word) => `“${word}”`).join(" or ");
  return `. None has ${words || "all of this"} in its columns, details or sources.`;
}

const Result = (props: PanelProps) => {
  const { model, state, total } = props;
  const { query, found, hasFailed } = state;
  if (hasFailed) return <p role="status">The rows could not be fetched. Reload the page.</p>;
  // The most similar words are named before the number.
  const criteria = criteriaText(model, found?.nearText === undefined ? query : { ...query, text: "" });
  const sorted = query.sort === undefined ? "" : `, sorted by ${model.columns[query.sort]?.title}${query.descending ? ", last first" : ""}`;
  return (
    <p role="status">
      {found?.nearText === undefined ? null : `No results for “${query.text.trim()}”. Showing “${found.nearText}”: `}
      {found ? null : "Searching "}
      <Count {...props} />
      {criteria === "" ? "" : `: ${criteria}`}
      {found && total === 0 && model.total > 0 ? noneText(found) : ""}
      {found ? "" : " …"}
      {sorted}
      <Valueless {...props} />
    </p>
  );
};

const Tools = ({ model, state: { query, found, isComplete, change }, total, effects }: PanelProps) => {
  const filtered = isFilteringQuery(query);
  return (
    <p class="tools">
      {filtered && total > 0 ? (
        <button type="button" class="plain" onClick={() => change({ ...NOTHING, sort: query.sort, descending: query.descending })}>
          <Icon name="clear" /> Clear filters
        </button>
      ) : null}
      <CopyLinks model={model} copy={(target) => effects?.copyLink(target)} />
      {isComplete && total > 0 ? (
        <button type="button" class="plain" onClick={() => found && effects?.download(found.rows)} disabled={!found}>
          <Icon name="download" /> {filtered ? `Download ${grouped(total)} ${total === 1 ? "row" : "rows"} as CSV` : "Download rows as CSV"}
        </button>
      ) : null}
    </p>
  );
};

/** The filters, the number of matching rows, and their actions. On a phone the filters are folded below the search. */
export const FilterPanel = (props: PanelProps) => {
  const { query, found, lastKnown, change } = props.state;
  const [isOpen, setOpen] = useState(false);
  return (
    <search class={`panel filters live${isOpen ? " open" : ""}${isFilteringQuery(query) ? " used" : ""}`}>
      <Filters
        filtering={{ model: props.model, query, found: found ?? lastKnown, change }}
        fold={{ isOpen, toggle: () => setOpen(!isOpen) }}
      />
      <div class="result">
        <Result {...props} />
        <Tools {...props} />
      </div>
    </search>
  );
};

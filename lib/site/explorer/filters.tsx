import { useState } from "preact/hooks";
import { grouped } from "../../contract/grouped.ts";
import { counted } from "./counted.ts";
import type { ExplorerModel, Facet } from "./explorer-model.ts";
import { Icon } from "./icon.tsx";
import { type Query, type QueryResult, queryPicks } from "./query.ts";
import { RangeFilter } from "./range-filter.tsx";
import { CertaintyGlyph, ToneGlyph } from "./tone-glyph.tsx";

/** The query, and functions that change it. */
export interface Filtering {
  model: ExplorerModel;
  query: Query;
  found: QueryResult;
  change(change: Partial<Query>): void;
}

interface ChoiceProps {
  facet: Facet;
  counts: number[];
  filtering: Filtering;
}

const Choice = ({ facet, counts, filtering }: ChoiceProps) => {
  const [picked = ""] = queryPicks(filtering.query, facet.name);
  // The values, which may be hundreds, are listed once a pointer or the focus comes near: before, each key in the search would count them.
  const [isListed, setListed] = useState(false);
  const list = (): void => setListed(true);
  const choose = (value: string): void =>
    filtering.change({ picked: { ...filtering.query.picked, [facet.name]: value === "" ? [] : [value] } });
  return (
    <label class="choice" onFocusIn={list} onPointerOver={list}>
      <span>{facet.title}</span>
      <select value={picked} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">All ({grouped(facet.values.length)})</option>
        {facet.values.map(({ value, label }, i) =>
          isListed || value === picked ? (
            <option key={value} value={value}>
              {`${label} (${grouped(counts[i] ?? 0)})`}
            </option>
          ) : null,
        )}
      </select>
    </label>
  );
};

const Pills = ({ facet, counts, filtering, conflicts }: { facet: Facet; counts: number[]; filtering: Filtering; conflicts?: number }) => {
  const { model, query, change } = filtering;
  const picked = queryPicks(query, facet.name);
  const toggle = (value: string): void =>
    change({
      picked: { ...query.picked, [facet.name]: picked.includes(value) ? picked.filter((each) => each !== value) : [...picked, value] },
    });
  return (
    <fieldset class="pills">
      <legend>{facet.title}</legend>
      <div>
        {facet.values.map(({ value, label, tone, level }, i) => (
          <button
            key={value}
            type="button"
            title={counted(counts[i] ?? 0, model.noun)}
            aria-pressed={picked.includes(value)}
            onClick={() => toggle(value)}
          >
            {tone ? (
              <span class={`tone ${tone}`}>
                <ToneGlyph tone={tone} />
              </span>
            ) : level === undefined ? null : (
              <CertaintyGlyph level={level} />
            )}
            {label} <span class="count">{grouped(counts[i] ?? 0)}</span>
          </button>
        ))}
        {conflicts === undefined || model.conflicts === 0 ? null : <ConflictPill filtering={filtering} count={conflicts} />}
      </div>
    </fieldset>
  );
};

const ConflictPill = ({ filtering: { query, change }, count }: { filtering: Filtering; count: number }) => (
  <button type="button" class="conflicting" aria-pressed={query.conflicts} onClick={() => change({ conflicts: !query.conflicts })}>
    <span class="neq" aria-hidden="true">
      ≠
    </span>
    Conflicting claims <span class="count">{grouped(count)}</span>
  </button>
);

const SortBy = ({ filtering: { model, query, change } }: { filtering: Filtering }) => (
  <label class="choice sort-by">
    <span>Sort by</span>
    <select
      value={query.sort === undefined ? "" : `${query.descending ? "-" : ""}${query.sort}`}
      onChange={({ currentTarget: { value } }) =>
        change(
          value === "" ? { sort: undefined, descending: undefined } : { sort: Math.abs(Number(value)), descending: value.startsWith("-") },
        )
      }
    >
      <option value="">Default order</option>
      {model.columns.flatMap(({ name, title }, i) => [
        <option key={name} value={String(i)}>
          {title}
        </option>,
        <option key={`-${name}`} value={`-${i}`}>
          {title}, last first
        </option>,
      ])}
    </select>
  </label>
);

/** Whether the filters are open on a phone; wider screens always show them. */
interface Fold {
  isOpen: boolean;
  toggle(): void;
}

const FoldButton = ({ query, fold: { isOpen, toggle } }: { query: Query; fold: Fold }) => {
  const used = Object.values(query.picked).filter((values) => values.length > 0).length + (query.conflicts ? 1 : 0);
  return (
    <button type="button" class="fold" aria-expanded={isOpen} onClick={toggle}>
      {used === 0 ? "Filters" : `Filters (${used})`}
    </button>
  );
};

/** The search, and a control for each facet with the number of rows for each choice. */
export const Filters = ({ filtering, fold }: { filtering: Filtering; fold: Fold }) => {
  const { model, query, found, change } = filtering;
  const [isWhole, setWhole] = useState(false);
  const shown = model.facets.filter(({ name, isFolded }) => isWhole || !isFolded || queryPicks(query, name).length > 0);
  const folded = model.facets.filter(({ isFolded }) => isFolded).length;
  const selects = shown.filter(({ kind }) => kind === "select");
  const pills = shown.filter(({ kind }) => kind === "pills");
  const countsOf = (facet: Facet): number[] => found.counts[model.facets.indexOf(facet)] ?? [];
  return (
    <>
      <div class="choices">
        <label class="choice search">
          <span>Search</span>
          <Icon name="search" />
          <input
            type="search"
            value={query.text}
            placeholder={`Search ${counted(model.total, model.noun)}${model.sources.length > 0 ? ", sources, quotes" : ""}`}
            onInput={({ currentTarget }) => change({ text: currentTarget.value })}
          />
        </label>
        <FoldButton query={query} fold={fold} />
        {selects.map((facet) => (
          <Choice key={facet.name} facet={facet} counts={countsOf(facet)} filtering={filtering} />
        ))}
        {shown
          .filter(({ kind }) => kind === "range")
          .map((facet) => (
            <RangeFilter
              key={facet.name}
              model={model}
              facet={facet}
              picked={queryPicks(query, facet.name)[0]}
              onPick={(values) => change({ picked: { ...query.picked, [facet.name]: values } })}
            />
          ))}
        <SortBy filtering={filtering} />
      </div>
      {pills.map((facet, i) => (
        <Pills
          key={facet.name}
          facet={facet}
          counts={countsOf(facet)}
          filtering={filtering}
          {...(i === pills.length - 1 ? { conflicts: found.conflicts } : {})}
        />
      ))}
      {folded > 0 ? (
        <button type="button" class="plain" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Fewer filters" : counted(folded, ["more filter", "more filters"])}
        </button>
      ) : null}
      {pills.length === 0 && model.conflicts > 0 ? <ConflictPill filtering={filtering} count={found.conflicts} /> : null}
    </>
  );
};

import { Icon, LevelGlyph, ToneGlyph } from "./glyphs.tsx";
import { type ExplorerModel, type Facet, grouped } from "./model.ts";
import { type Found, pickedOf, type Query } from "./query.ts";

export interface Asking {
  model: ExplorerModel;
  query: Query;
  found: Found;
  ask(change: Partial<Query>): void;
}

const Choice = ({ facet, counts, asking }: { facet: Facet; counts: number[]; asking: Asking }) => {
  const [picked = ""] = pickedOf(asking.query, facet.name);
  const choose = (value: string): void => asking.ask({ picked: { ...asking.query.picked, [facet.name]: value === "" ? [] : [value] } });
  return (
    <label class="choice">
      <span>{facet.title}</span>
      <select value={picked} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">All ({grouped(facet.values.length)})</option>
        {facet.values.map(({ value, label }, i) => (
          <option key={value} value={value}>
            {`${label} (${grouped(counts[i] ?? 0)})`}
          </option>
        ))}
      </select>
    </label>
  );
};

const Pills = ({ facet, counts, asking, conflicts }: { facet: Facet; counts: number[]; asking: Asking; conflicts?: number }) => {
  const { model, query, ask } = asking;
  const picked = pickedOf(query, facet.name);
  const toggle = (value: string): void =>
    ask({
      picked: { ...query.picked, [facet.name]: picked.includes(value) ? picked.filter((each) => each !== value) : [...picked, value] },
    });
  return (
    <fieldset class="pills">
      <legend>{facet.title}</legend>
      <div>
        {facet.values.map(({ value, label, tone, level }, i) => (
          <button key={value} type="button" aria-pressed={picked.includes(value)} onClick={() => toggle(value)}>
            {tone ? (
              <span class={`tone ${tone}`}>
                <ToneGlyph tone={tone} />
              </span>
            ) : level === undefined ? null : (
              <LevelGlyph level={level} />
            )}
            {label} <span class="count">{grouped(counts[i] ?? 0)}</span>
          </button>
        ))}
        {conflicts === undefined || model.conflicts === 0 ? null : <ConflictPill asking={asking} count={conflicts} />}
      </div>
    </fieldset>
  );
};

const ConflictPill = ({ asking: { query, ask }, count }: { asking: Asking; count: number }) => (
  <button type="button" class="conflicting" aria-pressed={query.conflicts} onClick={() => ask({ conflicts: !query.conflicts })}>
    <span class="neq" aria-hidden="true">
      ≠
    </span>
    Conflicting claims <span class="count">{grouped(count)}</span>
  </button>
);

const SortBy = ({ asking: { model, query, ask } }: { asking: Asking }) => (
  <label class="choice sort-by">
    <span>Sort by</span>
    <select
      value={query.sort === undefined ? "" : `${query.descending ? "-" : ""}${query.sort}`}
      onChange={({ currentTarget: { value } }) =>
        ask(
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

/** The search, and a control for each facet with counts that say what a choice would give. */
export const Filters = ({ asking }: { asking: Asking }) => {
  const { model, query, found, ask } = asking;
  const selects = model.facets.filter(({ kind }) => kind === "select");
  const pills = model.facets.filter(({ kind }) => kind === "pills");
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
            placeholder={`Search ${grouped(model.total)} ${model.noun[1]}${model.sources.length > 0 ? ", sources, quotes" : ""}`}
            onInput={({ currentTarget }) => ask({ text: currentTarget.value })}
          />
        </label>
        {selects.map((facet) => (
          <Choice key={facet.name} facet={facet} counts={countsOf(facet)} asking={asking} />
        ))}
        <SortBy asking={asking} />
      </div>
      {pills.map((facet, i) => (
        <Pills
          key={facet.name}
          facet={facet}
          counts={countsOf(facet)}
          asking={asking}
          {...(i === pills.length - 1 ? { conflicts: found.conflicts } : {})}
        />
      ))}
      {pills.length === 0 && model.conflicts > 0 ? <ConflictPill asking={asking} count={found.conflicts} /> : null}
    </>
  );
};

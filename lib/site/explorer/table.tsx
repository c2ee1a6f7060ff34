import { useEffect, useState } from "preact/hooks";
import { Icon, LevelGlyph, ToneGlyph } from "./glyphs.tsx";
import { memo } from "./memo.ts";
import {
  anchorOf,
  byOf,
  type Claim,
  counted,
  type ExplorerColumn,
  type ExplorerModel,
  hrefOf,
  type Row,
  rankWord,
  slugOf,
  spokenName,
} from "./model.ts";
import type { Query } from "./query.ts";
import { rowData } from "./row-data.ts";

/** What can be done with a row where scripts run. */
export interface RowActions {
  toggle(id: string): void;
  copyLink(id: string): void;
  copyJson(row: Row): void;
  /** Where a row stands in the repository. */
  placeOf(id: string): Promise<string | undefined>;
}

/** Leads to the very line that holds a row, as soon as that is known. */
const CorrectLink = ({ id, name, placeOf }: { id: string; name: string; placeOf: RowActions["placeOf"] }) => {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    void placeOf(id).then(setUrl);
  }, [id]);
  return url === undefined ? null : (
    <a href={url}>
      <Icon name="edit" /> Correct this<span class="hidden">: {name}</span>
    </a>
  );
};

const CLAIMS_SHOWN = 3;

/** How another row is ranked that says something else. */
const claimRank = ({ preferred, deprecated }: Claim): string => {
  const word = rankWord({ isPreferred: preferred, isDeprecated: deprecated });
  return word === undefined ? "" : `, ${word}`;
};

const ClaimLine = ({ model, claim }: { model: ExplorerModel; claim: Claim }) => (
  <span class="claim">
    <span class="hidden">contradicted by </span>
    <span class="neq" aria-hidden="true">
      ≠
    </span>{" "}
    <a href={hrefOf(model.table, claim.id)}>
      {byOf(model, claim.source)}: {claim.text}
    </a>
    {claimRank(claim)}
  </span>
);

/** A value as it is said; one that is deprecated is struck out, and said to be so where nobody sees the line. */
export const Said = ({ text, row }: { text: string; row: Row }) =>
  row.isDeprecated ? (
    <>
      <s class="said">{text}</s>
      <span class="hidden"> (deprecated)</span>
    </>
  ) : (
    <span class="said">{text}</span>
  );

const Cell = ({ model, column, text, row }: { model: ExplorerModel; column: ExplorerColumn; text: string; row: Row }) => {
  const facet = model.facets.findIndex(({ role }) => role === column.kind);
  const value = facet < 0 ? undefined : model.facets[facet]?.values[row.in[facet] as number];
  if (column.kind === "status" && value?.tone)
    return (
      <span class={`tone ${value.tone}`}>
        <ToneGlyph tone={value.tone} /> {text}
      </span>
    );
  if (column.kind === "certainty" && value?.level !== undefined)
    return (
      <span class="level">
        <LevelGlyph level={value.level} /> {text}
      </span>
    );
  const slug = column.kind === "subject" && model.subjects !== undefined && value ? slugOf(value.value) : undefined;
  if (slug !== undefined) return <a href={`${model.subjects}${slug}/`}>{text}</a>;
  if (column.kind === "link" && /^https?:\/\//i.test(text)) return <a href={text}>{text}</a>;
  if (column.kind === "rank" && rankWord(row)) return <strong>{text}</strong>;
  if (column.kind !== "value") return <>{text}</>;
  const claims = row.claims ?? [];
  const count = row.claimCount ?? claims.length;
  return (
    <>
      {row.tone && !row.isDeprecated ? (
        <span class={`tone ${row.tone}`}>
          <ToneGlyph tone={row.tone} />{" "}
        </span>
      ) : null}
      <Said text={text} row={row} />
      {claims.slice(0, CLAIMS_SHOWN).map((claim) => (
        <ClaimLine key={claim.id} model={model} claim={claim} />
      ))}
      {count > CLAIMS_SHOWN ? <span class="claim">and {count - CLAIMS_SHOWN} more</span> : null}
    </>
  );
};

/** Who says it, who says something else, and what the columns do not show. */
export const Details = ({ model, row, actions }: { model: ExplorerModel; row: Row; actions?: RowActions }) => {
  const sources = row.sources ?? [];
  const claims = row.claims ?? [];
  const forRow = <span class="hidden"> of {spokenName(model, row)}</span>;
  return (
    <div class="details">
      <div class="sides">
        {sources.length === 0 ? null : (
          <div>
            <p class="heading">{counted(sources.length, ["source", "sources"])}</p>
            <ul>
              {sources.map(([index, locator, isQuote], i) => {
                const source = model.sources[index];
                return (
                  <li key={String(i)}>
                    {source?.url ? <a href={source.url}>{source.title}</a> : <strong>{source?.title}</strong>}
                    {source?.by ? <span class="muted by">{source.by}</span> : null}
                    {locator === undefined ? null : isQuote ? <q class="locator">{locator}</q> : <span class="locator">{locator}</span>}
                  </li>
                );
              })}
            </ul>
            {row.because ? <p>{row.because}</p> : null}
          </div>
        )}
        {claims.length === 0 ? null : (
          <div>
            <p class="heading neq">
              <span aria-hidden="true">≠ </span>
              {counted(row.claimCount ?? claims.length, ["conflicting claim", "conflicting claims"])}
            </p>
            <ul>
              {claims.map((claim) => (
                <li key={claim.id}>
                  <strong>{claim.text}</strong>{" "}
                  <span class="by">
                    <a href={hrefOf(model.table, claim.id)}>{byOf(model, claim.source)}</a>
                    {claimRank(claim)}
                  </span>
                  <span class="muted by">{claim.because}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {row.more ? (
          <dl class="more">
            {row.more.map(([title, text]) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd dir="auto">{text}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
      {actions ? (
        <p class="tools">
          <code>{row.id}</code>
          <button type="button" class="plain" onClick={() => actions.copyLink(row.id)}>
            <Icon name="link" /> Copy link{forRow}
          </button>
          {model.rows.length === model.total || model.rest !== undefined ? (
            <button type="button" class="plain" onClick={() => actions.copyJson(row)}>
              <Icon name="copy" /> Copy as JSON{forRow}
            </button>
          ) : null}
          <CorrectLink id={row.id} name={spokenName(model, row)} placeOf={actions.placeOf} />
        </p>
      ) : null}
    </div>
  );
};

/** The same in few words, for readers without scripts: sources stand in a list of their own, claims in the row itself. */
const Brief = ({ model, row }: { model: ExplorerModel; row: Row }) => (
  <div class="details">
    {row.sources?.map(([index, locator, isQuote], i) => (
      <p key={String(i)}>
        <a href={`#_source-${index}`}>{byOf(model, index)}</a>
        {locator === undefined ? "" : ": "}
        {isQuote ? <q>{locator}</q> : locator}
      </p>
    ))}
    {row.because ? <p>{row.because}</p> : null}
    {row.more ? <p class="muted">{row.more.map((pair) => pair.join(": ")).join(" · ")}</p> : null}
  </div>
);

interface RowProps {
  model: ExplorerModel;
  row: Row;
  isOpen: boolean;
  /** Whether closed details are in the page, for readers without scripts. */
  keepsDetails: boolean;
  actions: RowActions | undefined;
}

const RowView = memo(({ model, row, isOpen, keepsDetails, actions }: RowProps) => {
  const id = anchorOf(model.table, row.id);
  const many = row.sources?.length ?? 0;
  // Statements read as sentences; cells of other tables need their column's name where no head stands over them.
  const isPlain = !model.columns.some(({ kind }) => kind === "value");
  return (
    <>
      <tr role="row" id={id} data-row={rowData(model, row)} class={row.isDeprecated ? "deprecated" : undefined} tabindex={-1}>
        {model.columns.map((column, i) => {
          const content = <Cell model={model} column={column} text={row.cells[i] ?? ""} row={row} />;
          return i === 0 ? (
            <th key={column.name} role="rowheader" scope="row" class={column.kind} dir="auto">
              {content}
            </th>
          ) : (
            <td
              key={column.name}
              role="cell"
              class={column.kind}
              data-title={isPlain ? column.title : undefined}
              dir={column.kind === "value" || column.kind === "text" ? "auto" : undefined}
            >
              {content}
            </td>
          );
        })}
        <td role="cell" class="opens">
          <button type="button" class="plain live" aria-expanded={isOpen} onClick={() => actions?.toggle(row.id)}>
            {many > 0 ? counted(many, ["source", "sources"]) : "Details"}
            <span class="hidden"> of {spokenName(model, row)}</span>
          </button>
        </td>
      </tr>
      <tr role="row" class="detail" hidden={!isOpen}>
        <td role="cell" colspan={model.columns.length + 1}>
          {isOpen ? (
            <Details model={model} row={row} {...(actions ? { actions } : {})} />
          ) : keepsDetails ? (
            <Brief model={model} row={row} />
          ) : null}
        </td>
      </tr>
    </>
  );
});

export const RowsTable = ({
  model,
  query,
  rows,
  open,
  keepsDetails,
  actions,
  onSort,
}: {
  model: ExplorerModel;
  query: Query;
  rows: readonly Row[];
  open: ReadonlySet<string>;
  keepsDetails: boolean;
  actions?: RowActions;
  /** Missing where only some of the rows are there to be sorted. */
  onSort?(column: number): void;
}) => (
  <section class="scroll rows" tabindex={0} aria-label={`Table of ${model.noun[1]}`}>
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          {model.columns.map(({ name, title, kind }, i) => (
            <th
              key={name}
              role="columnheader"
              scope="col"
              class={kind}
              aria-sort={query.sort === i ? (query.descending ? "descending" : "ascending") : undefined}
            >
              {onSort ? (
                <>
                  <span class="bare">{title}</span>
                  <button type="button" class="plain sort live" onClick={() => onSort(i)}>
                    {title}
                  </button>
                </>
              ) : (
                title
              )}
            </th>
          ))}
          <th role="columnheader" scope="col">
            {model.sources.length > 0 ? "Sources" : "Details"}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <RowView key={row.id} model={model} row={row} isOpen={open.has(row.id)} keepsDetails={keepsDetails} actions={actions} />
        ))}
      </tbody>
    </table>
  </section>
);

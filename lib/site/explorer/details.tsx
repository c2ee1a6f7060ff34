import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { cardHref } from "./card-href.ts";
import { claimCount } from "./claim-count.ts";
import { claimRank } from "./claim-line.tsx";
import { CopyLinks } from "./copy-links.tsx";
import { counted } from "./counted.ts";
import type { ExplorerEffects } from "./explorer-effects.ts";
import type { Citation, Claim, Claims, ExplorerModel, Row } from "./explorer-model.ts";
import { Icon } from "./icon.tsx";
import { rowHref } from "./row-anchor.ts";
import { sourceCount } from "./source-count.ts";
import { sourceName } from "./source-name.ts";
import { spokenName } from "./spoken-name.ts";
import { compareSources } from "./supporting-sources.ts";

/** Actions of a row with scripts. */
export interface RowActions {
  toggle(id: string): void;
  copyLink: ExplorerEffects["copyLink"];
  copyJson(row: Row): void;
  copyCitation(row: Row): void;
  /** Returns the address of the line of the row in the repository. */
  editUrl(id: string): Promise<string | undefined>;
}

/** A link to the line of the row, once it is known. */
const CorrectLink = ({ id, name, editUrl }: { id: string; name: string; editUrl: RowActions["editUrl"] }) => {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    void editUrl(id).then(setUrl);
  }, [id]);
  return url === undefined ? null : (
    <a href={url}>
      <Icon name="edit" /> Correct this<span class="hidden">: {name}</span>
    </a>
  );
};

interface CiteRowProps {
  model: ExplorerModel;
  row: Row;
  forRow: ComponentChildren;
  copy(row: Row): void;
}

/** Links to the card of a row; without cards, a button that copies its citation, and a link to the section about corrections. */
const CiteRow = ({ model, row, forRow, copy }: CiteRowProps) => {
  const card = cardHref(model, row);
  return (
    <>
      {card !== undefined ? (
        <a href={`${card}#cite`}>
          <Icon name="quote" /> Cite or embed{forRow}
        </a>
      ) : model.cite ? (
        <button type="button" class="plain" onClick={() => copy(row)}>
          <Icon name="quote" /> Copy citation{forRow}
        </button>
      ) : null}
      <a href={card === undefined ? "#correct" : `${card}#report`}>
        <Icon name="edit" /> Report a mistake{forRow}
      </a>
    </>
  );
};

interface DetailsProps {
  model: ExplorerModel;
  row: Row;
  actions?: RowActions;
  /** Returns the address of another row. Default: on the same page. */
  hrefOf?: (id: string) => string;
}

const CLAIM_WORDS = {
  claims: ["conflicting claim", "conflicting claims"],
  lessPrecise: ["less precise claim", "less precise claims"],
  morePrecise: ["more precise claim", "more precise claims"],
} as const satisfies Record<keyof Claims, readonly [string, string]>;

interface ClaimListProps extends Required<Pick<DetailsProps, "model" | "row" | "hrefOf">> {
  kind: keyof Claims;
}

const ClaimItem = ({ model, claim, hrefOf }: Pick<ClaimListProps, "model" | "hrefOf"> & { claim: Claim }) => (
  <li>
    <strong>{claim.text}</strong>{" "}
    <span class="by">
      <a href={hrefOf(claim.id)}>{sourceName(model, claim.source)}</a>
      {claimRank(claim)}
    </span>
    <span class="muted by">{claim.because}</span>
  </li>
);

const ClaimList = ({ model, row, kind, hrefOf }: ClaimListProps) =>
  row[kind] === undefined ? null : (
    <div>
      <p class={kind === "claims" ? "heading neq" : "heading"}>
        {kind === "claims" ? <span aria-hidden="true">≠ </span> : null}
        {counted(claimCount(row, kind), CLAIM_WORDS[kind])}
      </p>
      <ul>
        {row[kind].map((claim) => (
          <ClaimItem key={claim.id} model={model} claim={claim} hrefOf={hrefOf} />
        ))}
      </ul>
    </div>
  );

const CitationList = ({ model, citations }: { model: ExplorerModel; citations: readonly Citation<number>[] }) => (
  <ul>
    {citations.map(([index, locator, mark], i) => {
      const source = model.sources[index];
      return (
        <li key={String(i)}>
          {source?.url ? <a href={source.url}>{source.title}</a> : <strong>{source?.title}</strong>}
          {source?.by ? <span class="muted by">{source.by}</span> : null}
          {!locator ? null : mark === 1 ? <q class="locator">{locator}</q> : <span class="locator">{locator}</span>}
        </li>
      );
    })}
  </ul>
);

/** The details of a row: sources, other claims, and values without a column. */
export const Details = ({ model, row, actions, hrefOf = (id) => rowHref(model.table, id) }: DetailsProps) => {
  const mentions = (row.sources ?? []).filter(([, , mark]) => mark === 0);
  const compare = compareSources(model);
  const sources = (row.sources ?? []).filter(([, , mark]) => mark !== 0).toSorted(([a], [b]) => compare(a, b));
  const forRow = <span class="hidden"> of {spokenName(model, row)}</span>;
  return (
    <div class="details">
      <div class="sides">
        {sources.length === 0 ? null : (
          <div>
            <p class="heading">{sourceCount(row)}</p>
            <CitationList model={model} citations={sources} />
            {mentions.length === 0 ? null : (
              <>
                <p class="heading">Mentioned in</p>
                <CitationList model={model} citations={mentions} />
              </>
            )}
            {row.because ? <p>{row.because}</p> : null}
          </div>
        )}
        {row.replacedBy ? (
          <div>
            <p class="heading">Replaced by</p>
            <ul>
              <ClaimItem model={model} claim={row.replacedBy} hrefOf={hrefOf} />
            </ul>
          </div>
        ) : null}
        <ClaimList model={model} row={row} hrefOf={hrefOf} kind="claims" />
        <ClaimList model={model} row={row} hrefOf={hrefOf} kind="lessPrecise" />
        <ClaimList model={model} row={row} hrefOf={hrefOf} kind="morePrecise" />
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
          <CopyLinks model={model} id={row.id} forRow={forRow} copy={actions.copyLink} />
          {model.rows.length === model.total || model.rest !== undefined ? (
            <button type="button" class="plain" onClick={() => actions.copyJson(row)}>
              <Icon name="copy" /> Copy as JSON{forRow}
            </button>
          ) : null}
          <CiteRow model={model} row={row} forRow={forRow} copy={actions.copyCitation} />
          <CorrectLink id={row.id} name={spokenName(model, row)} editUrl={actions.editUrl} />
        </p>
      ) : null}
    </div>
  );
};

/** Short details without scripts: the page lists all sources, and the row its claims. */
export const ShortDetails = ({ model, row }: { model: ExplorerModel; row: Row }) => (
  <div class="details">
    {row.sources?.map(([index, locator, mark], i) => (
      <p key={String(i)}>
        <a href={`#_source-${index}`}>{sourceName(model, index)}</a>
        {locator ? ": " : ""}
        {locator && mark === 1 ? <q>{locator}</q> : locator}
      </p>
    ))}
    {row.because ? <p>{row.because}</p> : null}
    {row.more ? <p class="muted">{row.more.map((pair) => pair.join(": ")).join(" · ")}</p> : null}
  </div>
);

import { grouped } from "../../contract/grouped.ts";
import { cellOf } from "../explorer/cell-of.ts";
import { ClaimLine } from "../explorer/claim-line.tsx";
import { counted } from "../explorer/counted.ts";
import type { Row } from "../explorer/explorer-model.ts";
import { PreciseLines } from "../explorer/precise-lines.tsx";
import { rowHref } from "../explorer/row-anchor.ts";
import { sourceTitle } from "../explorer/source-name.ts";
import { DETAILED_STATEMENTS, FIRST_STATEMENTS } from "../limits.ts";
import { EndedBanner } from "./banner.tsx";
import { LaterStatements } from "./later-statements.tsx";
import { Layout } from "./layout.tsx";
import { RecordFields, RecordHead } from "./record-head.tsx";
import type { SourcePage } from "./release-page.ts";
import { sourceScore } from "./source-score.ts";

const titleOf = ({ model }: SourcePage, row: Row): string =>
  row.cells.filter((text, i) => text !== "" && ["subject", "text"].includes(model.columns[i]?.kind ?? "")).join(": ");

/** A statement of the source, quoted if possible, and the statements that contradict it. */
const Said = ({ page, row }: { page: SourcePage; row: Row }) => {
  const { model } = page;
  const hrefOf = (id: string): string => `/${page.name}/${rowHref(model.table, id)}`;
  const own = row.sources?.find(([index]) => index === page.index);
  const claims = (row.claims ?? []).filter(({ preferred }) => preferred);
  return (
    <li>
      <strong dir="auto">
        <a href={hrefOf(row.id)}>{titleOf(page, row)}</a>: {cellOf(model, row, "value")}
      </strong>{" "}
      {!own?.[1] ? null : own[2] === 1 ? <q class="locator">{own[1]}</q> : <span class="locator">{own[1]}</span>}
      {(claims.length > 0 ? claims : (row.claims ?? [])).map((claim) => (
        <ClaimLine key={claim.id} model={model} claim={claim} href={hrefOf(claim.id)} />
      ))}
      <PreciseLines model={model} row={row} addressOf={hrefOf} />
      {row.because ? <p>{row.because}</p> : null}
    </li>
  );
};

const SaidList = ({ page, rows }: { page: SourcePage; rows: readonly Row[] }) => (
  <ul class="said-by">
    {rows.map((row) => (
      <Said key={row.id} page={page} row={row} />
    ))}
  </ul>
);

const Part = ({ page, title, rows }: { page: SourcePage; title: string; rows: Row[] }) =>
  rows.length === 0 ? null : (
    <>
      <h2>{`${title} (${grouped(rows.length)})`}</h2>
      <SaidList page={page} rows={rows.slice(0, FIRST_STATEMENTS)} />
      {rows.length > FIRST_STATEMENTS ? (
        <details>
          <summary>{counted(rows.length - FIRST_STATEMENTS, [`more ${page.model.noun[0]}`, `more ${page.model.noun[1]}`])}</summary>
          <SaidList page={page} rows={rows.slice(FIRST_STATEMENTS, DETAILED_STATEMENTS)} />
          <LaterStatements model={page.model} rows={rows.slice(DETAILED_STATEMENTS)} />
        </details>
      ) : null}
    </>
  );

/** The page of a source: its statements, and which of them other sources contradict. */
export const SourcePageView = ({ page }: { page: SourcePage }) => {
  const work = page.model.sources[page.index] ?? { title: page.label, by: "" };
  const name = sourceTitle(work);
  return (
    <Layout
      env={page.env}
      release={page}
      head={{
        title: `${name} · ${page.title}`,
        description: `What ${name} says, and what other sources say instead. ${sourceScore(page)}`,
        canonical: page.path,
        ...(page.picture ? { picture: page.picture } : {}),
      }}
    >
      {page.ended ? <EndedBanner end={page.ended} name={page.name} version={page.version} /> : null}
      <main id="main" class="wide">
        <RecordHead page={page} />
        {work.by === "" && work.url === undefined ? null : (
          <p>
            <cite dir="auto">{work.url ? <a href={work.url}>{work.by === "" ? work.url : work.title}</a> : work.title}</cite>
          </p>
        )}
        <p class="lead">{sourceScore(page)}</p>
        <Part page={page} title="Contradicted" rows={page.contradicted} />
        <Part page={page} title="Open" rows={page.undecided} />
        <Part page={page} title="Less precise or older" rows={page.superseded} />
        <Part page={page} title="Not contradicted" rows={page.uncontradicted} />
        <Part page={page} title="Cited together with another source" rows={page.supports} />
        <h2>About the source</h2>
        <RecordFields page={page} />
      </main>
    </Layout>
  );
};

import { grouped } from "../../contract/grouped.ts";
import { cellOf } from "../explorer/cell-of.ts";
import { ClaimLine } from "../explorer/claim-line.tsx";
import { counted } from "../explorer/counted.ts";
import type { Row } from "../explorer/explorer-model.ts";
import { PreciseLines } from "../explorer/precise-lines.tsx";
import { rowHref } from "../explorer/row-anchor.ts";
import { sourceTitle } from "../explorer/source-name.ts";
import { DETAILED_STATEMENTS } from "../limits.ts";
import { EndedBanner } from "./banner.tsx";
import { LaterStatements } from "./later-statements.tsx";
import { PageFrame } from "./page-frame.tsx";
import { firstPassageGroups, type PassageGroup, passageGroups } from "./passage-groups.ts";
import { RecordHead, RecordValues } from "./record-head.tsx";
import type { SourcePage } from "./release-page.ts";
import { ReportPanel } from "./report-panel.tsx";
import { sourceScore } from "./source-score.ts";

const titleOf = ({ model }: SourcePage, row: Row): string =>
  row.cells.filter((text, i) => text !== "" && ["subject", "text"].includes(model.columns[i]?.kind ?? "")).join(": ");

interface SaidProps {
  page: SourcePage;
  row: Row;
  /** What the page shows instead of a passage that is not quoted. */
  locator?: string | undefined;
  /** The next statement has the same reason and shows it. */
  isReasonNext: boolean;
}

/** A statement of the source, and the statements that contradict it. */
const Said = ({ page, row, locator, isReasonNext }: SaidProps) => {
  const { model } = page;
  const hrefOf = (id: string): string => `/${page.name}/${rowHref(model.table, id)}`;
  const claims = (row.claims ?? []).filter(({ preferred }) => preferred);
  return (
    <li>
      <strong dir="auto">
        <a href={hrefOf(row.id)}>{titleOf(page, row)}</a>: {cellOf(model, row, "value")}
      </strong>{" "}
      {locator ? <span class="locator">{locator}</span> : null}
      {(claims.length > 0 ? claims : (row.claims ?? [])).map((claim) => (
        <ClaimLine key={claim.id} model={model} claim={claim} href={hrefOf(claim.id)} />
      ))}
      <PreciseLines model={model} row={row} addressOf={hrefOf} />
      {row.because && !isReasonNext ? <p>{row.because}</p> : null}
    </li>
  );
};

/** A passage that the source is quoted with, and the statements that it makes there. */
const Passage = ({ page, group: { quote, rows } }: { page: SourcePage; group: PassageGroup }) => {
  const said = rows.map((row, i) => (
    <Said
      key={row.id}
      page={page}
      row={row}
      locator={quote === undefined ? row.sources?.find(([index]) => index === page.index)?.[1] : undefined}
      isReasonNext={row.because !== undefined && row.because === rows[i + 1]?.because}
    />
  ));
  return quote === undefined ? (
    <>{said}</>
  ) : (
    <li>
      <q class="locator">{quote}</q>
      <ul>{said}</ul>
    </li>
  );
};

const PassageList = ({ page, groups }: { page: SourcePage; groups: readonly PassageGroup[] }) => (
  <ul class="said-by">
    {groups.map((group) => (
      <Passage key={group.rows[0]?.id} page={page} group={group} />
    ))}
  </ul>
);

const Part = ({ page, title, rows }: { page: SourcePage; title: string; rows: Row[] }) => {
  if (rows.length === 0) return null;
  const groups = passageGroups(page.index, rows.slice(0, DETAILED_STATEMENTS));
  const first = firstPassageGroups(groups);
  const folded = rows.length - first.reduce((sum, group) => sum + group.rows.length, 0);
  return (
    <>
      <h2>{`${title} (${grouped(rows.length)})`}</h2>
      <PassageList page={page} groups={first} />
      {folded > 0 ? (
        <details>
          <summary>{counted(folded, [`more ${page.model.noun[0]}`, `more ${page.model.noun[1]}`])}</summary>
          <PassageList page={page} groups={groups.slice(first.length)} />
          <LaterStatements model={page.model} rows={rows.slice(DETAILED_STATEMENTS)} />
        </details>
      ) : null}
    </>
  );
};

/** The page of a source: its statements, and which of them other sources contradict. */
export const SourcePageContent = ({ page }: { page: SourcePage }) => {
  const work = page.model.sources[page.index] ?? { title: page.label, by: "" };
  const name = sourceTitle(work);
  return (
    <PageFrame
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
        <Part page={page} title="Upheld or not contradicted" rows={page.uncontradicted} />
        <Part page={page} title="Cited together with another source" rows={page.supports} />
        <h2>About the source</h2>
        <RecordValues page={page} />
        <ReportPanel report={page.report} />
      </main>
    </PageFrame>
  );
};

import { renderToString } from "preact-render-to-string";
import { NO_ADDRESS } from "../../contract/no-address.ts";
import { cardHref } from "../explorer/card-href.ts";
import { cellOf } from "../explorer/cell-of.ts";
import { Details } from "../explorer/details.tsx";
import { rowHref } from "../explorer/row-anchor.ts";
import { rowCitation } from "../explorer/row-citation.ts";
import { GlyphSprite, ToneGlyph } from "../explorer/tone-glyph.tsx";
import { PICTURE_SIZE } from "../picture/picture-text.ts";
import { statementSentences } from "./answer-sentences.ts";
import { EndedBanner } from "./banner.tsx";
import type { CardPage } from "./card-page.ts";
import { CopiedText } from "./copied-text.tsx";
import { Crumbs } from "./crumbs.tsx";
import { Embed } from "./embed.tsx";
import { pageDescription } from "./page-description.ts";
import { type Head, PageFrame } from "./page-frame.tsx";
import { pinnedPath } from "./pinned-path.ts";
import { hasReportPanel, ReportPanel } from "./report-panel.tsx";

const Copied = ({ title, text }: { title: string; text: string }) => (
  <div class="panel">
    <h3>{title}</h3>
    <CopiedText of={title.toLowerCase()} text={text} />
  </div>
);

function headOf(page: CardPage): Head {
  const { title, model, row, path, picture } = page;
  const name = [cellOf(model, row, "subject"), cellOf(model, row, "text")].filter(Boolean).join(": ");
  return {
    title: `${name} · ${title}`,
    description: pageDescription(statementSentences(model, row)),
    canonical: path,
    ...(picture ? { picture } : {}),
  };
}

/** The address of the card of another statement, or else of its row. */
function statementHref({ name, model }: CardPage, id: string): string {
  const row = model.rows.find((each) => each.id === id);
  return (row && cardHref(model, row)) ?? `/${name}/${rowHref(model.table, id)}`;
}

/** The card of one statement: its sources, the statements that contradict it, and texts to cite and embed it. */
export const CardPageContent = ({ page }: { page: CardPage }) => {
  const { name, version, model, row, env } = page;
  const site = env.site ?? NO_ADDRESS;
  return (
    <PageFrame env={env} release={page} head={headOf(page)}>
      {row.tone ? <GlyphSprite /> : null}
      {page.ended ? <EndedBanner end={page.ended} name={name} version={version} /> : null}
      <main id="main" class="wide">
        <Crumbs page={page} />
        <h1 dir="auto">
          <a href={page.subject}>{cellOf(model, row, "subject")}</a>
        </h1>
        <p class="lead" dir="auto">
          {row.tone && !row.isDeprecated ? (
            <span class={`tone ${row.tone}`}>
              <ToneGlyph tone={row.tone} />{" "}
            </span>
          ) : null}
          {statementSentences(model, row).join(" ")}
        </p>
        <Details model={model} row={row} hrefOf={(id) => statementHref(page, id)} />
        {page.report.form === undefined ? null : (
          <p id={hasReportPanel(page.report) ? undefined : "report"}>
            <a href={page.report.form}>Report a mistake</a> in <code>{row.id}</code>, version {version}: say what is right, and name a
            source.
          </p>
        )}
        <ReportPanel report={page.report} />
        <h2 id="cite">Cite and embed</h2>
        <div class="cite">
          <Copied title="Citation" text={rowCitation(model, row, site) ?? ""} />
          <Copied title="Address in this version" text={`${site}${pinnedPath(page)}`} />
          <Copied title="Embed" text={renderToString(<Embed page={page} site={site} />)} />
        </div>
        {page.picture ? (
          <p>
            <a href={page.picture.path}>Picture to share</a>, {PICTURE_SIZE.width} × {PICTURE_SIZE.height} pixels
          </p>
        ) : null}
        <h3>What is embedded</h3>
        <p class="muted">In the style of the page around it:</p>
        <Embed page={page} site={env.site ?? ""} />
      </main>
    </PageFrame>
  );
};

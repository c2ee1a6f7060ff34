import type { ComponentChildren } from "preact";
import { NO_ADDRESS } from "../../contract/no-address.ts";
import { CellText } from "../explorer/cell.tsx";
import { cellOf } from "../explorer/cell-of.ts";
import { claimCount } from "../explorer/claim-count.ts";
import { counted } from "../explorer/counted.ts";
import type { Row } from "../explorer/explorer-model.ts";
import { humanDate } from "../explorer/human-date.ts";
import { rowHref } from "../explorer/row-anchor.ts";
import { rowDate } from "../explorer/row-date.ts";
import { standingRows } from "../explorer/standing-rows.ts";
import { supportingSources } from "../explorer/supporting-sources.ts";
import { GlyphSprite, ToneGlyph } from "../explorer/tone-glyph.tsx";
import { DETAILED_STATEMENTS } from "../limits.ts";
import { answerCitation } from "./answer-citation.ts";
import { answerDoubt, answerSentences } from "./answer-sentences.ts";
import { EndedBanner } from "./banner.tsx";
import { CopiedText } from "./copied-text.tsx";
import { LaterStatements } from "./later-statements.tsx";
import { pageDescription } from "./page-description.ts";
import { PageFrame } from "./page-frame.tsx";
import { RecordHead, RecordValues } from "./record-head.tsx";
import type { SubjectPage } from "./release-page.ts";
import { ReportPanel } from "./report-panel.tsx";
import { Statement } from "./statement.tsx";
import type { StatementGroup } from "./statement-group.ts";
import { StatementSources } from "./statement-sources.tsx";

const groupId = (group: StatementGroup): string => `about-${group.rows[0]?.id ?? ""}`;

/** Escapes a text for a regular expression. */
const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** A note with links from the names of related subjects, as whole words, to their pages. */
function linkedNote({ related }: SubjectPage, note: string): ComponentChildren {
  // "South Sudan" is not Sudan.
  const labels = related.map(({ label }) => label).toSorted((a, b) => b.length - a.length);
  if (labels.length === 0) return note;
  const names = new RegExp(`(?<![\\p{L}\\p{N}])(${labels.map(literal).join("|")})(?![\\p{L}\\p{N}])`, "u");
  const linked = new Set<string>();
  return note.split(new RegExp(names, "gu")).map((part, i) => {
    const named = i % 2 === 1 ? related.find(({ label }) => label === part) : undefined;
    if (!named || linked.has(named.href)) return part;
    linked.add(named.href);
    return (
      <a key={named.href} href={named.href}>
        {part}
      </a>
    );
  });
}

/** A statement's value, date, source, and number of contradicting statements. */
const Answer = ({ page, row, href }: { page: SubjectPage; row: Row; href: string }) => {
  const { model } = page;
  const note = page.notes.get(row.id);
  const doubt = answerDoubt(model, row);
  const value = <CellText text={cellOf(model, row, "value")} row={row} />;
  const details = [rowDate(model, row), doubt === cellOf(model, row, "value") ? "" : doubt, row.isReplaced ? "replaced" : ""].filter(
    Boolean,
  );
  const others = claimCount(row, "claims");
  const less = claimCount(row, "lessPrecise");
  return (
    <span class="held">
      {row.tone && !row.isDeprecated ? (
        <span class={`tone ${row.tone}`}>
          <ToneGlyph tone={row.tone} />{" "}
        </span>
      ) : null}
      {doubt === "" ? <strong>{value}</strong> : value}{" "}
      <span class="muted">
        {details.map((text) => `${text} · `).join("")}
        <StatementSources model={model} row={row} href={rowHref(model.table, row.id)} />
        {supportingSources(row).length === 1 ? ", 1 source" : null}
      </span>
      {others > 0 ? (
        <>
          {" "}
          <a class="neq" href={href}>
            <span aria-hidden="true">≠ </span>
            {counted(others, ["other says otherwise", "others say otherwise"])}
          </a>
        </>
      ) : null}
      {less > 0 ? (
        <>
          {" "}
          <a class="muted" href={href}>
            {counted(less, ["other is less precise", "others are less precise"])}
          </a>
        </>
      ) : null}
      {note === undefined ? null : (
        <span class="by" dir="auto">
          {linkedNote(page, note)}
        </span>
      )}
    </span>
  );
};

/** Links to related subjects, such as the relations of a country. */
const RelatedList = ({ page: { related, model } }: { page: SubjectPage }) => (
  <ul>
    {related.map(({ label, href, count, conflicts }) => (
      <li key={href}>
        See also <a href={href}>{label}</a>: {counted(count, model.noun)}
        {conflicts > 0 ? `, ${counted(conflicts, ["with a conflicting claim", "with conflicting claims"])}` : ""}
      </li>
    ))}
  </ul>
);

/** The preferred statements by property. Statements that do not stand are shown only if there are no others. */
const AnswerList = ({ page }: { page: SubjectPage }) => (
  <dl class="believed">
    {page.about.map((group) => {
      const rows = standingRows(group.rows);
      return (
        <div key={groupId(group)}>
          <dt dir="auto">{group.title}</dt>
          <dd>
            {(rows.length > 0 ? rows : group.rows).map((row) => (
              <Answer key={row.id} page={page} row={row} href={`#${groupId(group)}`} />
            ))}
          </dd>
        </div>
      );
    })}
  </dl>
);

/** The first statements of a page with all details, and the others in short. */
const Statements = ({ page, rows, detailed }: { page: SubjectPage; rows: readonly Row[]; detailed: ReadonlySet<Row> }) => (
  <>
    {rows.map((row) => (detailed.has(row) ? <Statement key={row.id} page={page} row={row} /> : null))}
    <LaterStatements model={page.model} rows={rows.filter((row) => !detailed.has(row))} />
  </>
);

/** Tells readers who look for something whether the dataset has it. */
const Lacking = ({ kind, titles }: SubjectPage["lacking"]) =>
  titles.length === 0 ? null : (
    <details>
      <summary>
        Not recorded: {counted(titles.length, ["property", "properties"])} that most others{kind === "" ? "" : ` with ${kind}`} have
      </summary>
      <p dir="auto">{titles.join(", ")}</p>
    </details>
  );

/** The answer, or the title if there is none. */
const describe = ({ label, title }: SubjectPage, sentences: readonly string[]): string =>
  sentences.length > 0 ? pageDescription([`${label}.`, ...sentences]) : `What ${title} says about ${label}, with sources.`;

/** The page of a subject: the answer, then all statements about it, and those that refer to it. */
export const SubjectPageContent = ({ page }: { page: SubjectPage }) => {
  const said = answerSentences(page.model, page.about);
  // Readers would take a summary for the state of today. The sources about this subject may be older.
  const until =
    said.length > 0 && page.researchedUntil ? [`No dated source of the dataset is newer than ${humanDate(page.researchedUntil)}.`] : [];
  const sentences = [...said, ...until];
  const citation = answerCitation(page, page.env.site ?? NO_ADDRESS);
  const count = page.about.reduce((sum, { rows }) => sum + rows.length, 0);
  const detailed = new Set([...page.about.flatMap(({ rows }) => rows), ...page.mentions].slice(0, DETAILED_STATEMENTS));
  return (
    <PageFrame
      env={page.env}
      release={page}
      head={{
        title: `${page.label} · ${page.title}`,
        description: describe(page, sentences),
        canonical: page.path,
        ...(page.picture ? { picture: page.picture } : {}),
      }}
    >
      <GlyphSprite />
      {page.ended ? <EndedBanner end={page.ended} name={page.name} version={page.version} /> : null}
      <main id="main" class="wide">
        <RecordHead page={page} answer={sentences.join(" ")} />
        {citation === undefined ? null : (
          <details class="panel">
            <summary>Cite this answer</summary>
            <CopiedText of="the citation" text={citation} />
          </details>
        )}
        {count > 0 ? <AnswerList page={page} /> : null}
        {page.related.length > 0 ? <RelatedList page={page} /> : null}
        <RecordValues page={page} />
        <Lacking {...page.lacking} />
        {count > 0 || page.mentions.length === 0 ? (
          <>
            <h2 id="about">{counted(count, page.model.noun)}, with sources</h2>
            {page.about.map((group) => (
              <details key={groupId(group)}>
                <summary>
                  <span dir="auto">{group.title}</span> <span class="muted">{counted(group.rows.length, page.model.noun)}</span>
                </summary>
                {/* For the target of a link, a browser opens the elements that contain it, not the target itself. */}
                <div id={groupId(group)} class="opened">
                  <Statements page={page} rows={group.rows} detailed={detailed} />
                </div>
              </details>
            ))}
          </>
        ) : null}
        {page.mentions.length > 0 ? (
          <details>
            <summary id="mentions">Named in {counted(page.mentions.length, page.model.noun)} about others</summary>
            <Statements page={page} rows={page.mentions} detailed={detailed} />
          </details>
        ) : null}
        <ReportPanel report={page.report} />
      </main>
    </PageFrame>
  );
};

import { CellText } from "../explorer/cell.tsx";
import { counted } from "../explorer/counted.ts";
import { Details } from "../explorer/details.tsx";
import type { Row } from "../explorer/explorer-model.ts";
import { humanDate } from "../explorer/human-date.ts";
import { rankWord } from "../explorer/rank-word.ts";
import { rowHref } from "../explorer/row-anchor.ts";
import { Layout } from "./layout.tsx";
import type { SubjectPage } from "./release-page.ts";

/** The cells of a row that show columns of some kinds. */
const cellsOf = ({ model }: SubjectPage, row: Row, kinds: readonly string[]): string[] =>
  row.cells.filter((text, i) => text !== "" && kinds.includes(model.columns[i]?.kind ?? ""));

const Rows = ({ page, rows }: { page: SubjectPage; rows: Row[] }) => (
  <>
    {rows.map((row) => (
      <article key={row.id} id={`${page.model.table}-${row.id}`} class={row.isDeprecated ? "statement deprecated" : "statement"}>
        <h3 dir="auto">
          <CellText
            text={cellsOf(page, row, ["subject", "text", "value"])
              .filter((text) => text !== page.label)
              .join(": ")}
            row={row}
          />{" "}
          {rankWord(row) === undefined ? null : (
            <span class="ranked" aria-hidden={row.isDeprecated}>
              {rankWord(row)}
            </span>
          )}
        </h3>
        <p class="muted">
          {cellsOf(page, row, ["date", "status", "certainty"]).join(" · ")}{" "}
          <a href={`/${page.name}/${rowHref(page.model.table, row.id)}`}>{row.id}</a>
        </p>
        <Details model={page.model} row={row} />
      </article>
    ))}
  </>
);

/** All statements about one subject, and those that name it. */
export const SubjectPageView = ({ page }: { page: SubjectPage }) => (
  <Layout
    env={page.env}
    head={{
      title: `${page.label} · ${page.title}`,
      description: `What ${page.title} says about ${page.label}, with sources.`,
      canonical: page.path,
    }}
  >
    <main id="main" class="wide">
      <p class="crumbs">
        <a href={`/${page.name}/`}>{page.title}</a>, version {page.version}
        {page.date ? `, ${humanDate(page.date.slice(0, 10))}` : ""}
      </p>
      <h1 dir="auto">{page.label}</h1>
      <dl class="facts">
        {page.fields.map(([title, text]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd dir="auto">{text}</dd>
          </div>
        ))}
      </dl>
      {page.about.length > 0 || page.mentions.length === 0 ? (
        <>
          <h2 id="about">{counted(page.about.length, page.model.noun)}</h2>
          <Rows page={page} rows={page.about} />
        </>
      ) : null}
      {page.mentions.length > 0 ? (
        <>
          <h2 id="mentions">Named in {counted(page.mentions.length, ["other", "others"])}</h2>
          <Rows page={page} rows={page.mentions} />
        </>
      ) : null}
    </main>
  </Layout>
);

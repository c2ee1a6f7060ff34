import { grouped } from "../../contract/grouped.ts";
import { cellOf } from "../explorer/cell-of.ts";
import { ClaimLines } from "../explorer/claim-lines.tsx";
import { counted } from "../explorer/counted.ts";
import type { ExplorerModel, Row } from "../explorer/explorer-model.ts";
import { rowAddresses } from "../explorer/row-addresses.ts";
import { supportingSources } from "../explorer/supporting-sources.ts";
import { ToneGlyph } from "../explorer/tone-glyph.tsx";
import { ANSWER_LINKS, ANSWER_ROWS } from "../limits.ts";
import type { MainAnswers } from "./main-answers.ts";
import { StatementSources } from "./statement-sources.tsx";

/** Maximum contradicting statements in a cell. */
const CLAIMS = 2;

interface ValuesProps {
  model: ExplorerModel;
  rows: Row[];
  title: string;
  addressOf(id: string): string;
}

const asOf = (date: string): string => (date === "" ? "" : `, as of ${date}`);

const SourceLine = ({ row, ...given }: Omit<ValuesProps, "rows" | "title"> & { row: Row }) =>
  row.sources === undefined ? null : (
    <span class="muted by">
      {supportingSources(row).length > 1 ? "Sources" : "Source"}: <StatementSources {...given} row={row} href={given.addressOf(row.id)} />
    </span>
  );

const Values = ({ rows, title, ...given }: ValuesProps) => (
  <td data-title={title}>
    {rows.length === 0 ? <span class="muted">none on record</span> : null}
    {rows.map((row) => (
      <span key={row.id} class="held">
        <span class="said">{cellOf(given.model, row, "value")}</span>
        <SourceLine {...given} row={row} />
        <ClaimLines {...given} row={row} most={CLAIMS} />
      </span>
    ))}
  </td>
);

/** Statements shown before the status. */
const Before = ({ rows, title, ...given }: ValuesProps) => (
  <>
    {rows.map((row) => (
      <span key={row.id} class="held">
        {title}: <strong>{cellOf(given.model, row, "value")}</strong>
        {[cellOf(given.model, row, "date")].filter(Boolean).map((date) => `, ${date}`)}
        <SourceLine {...given} row={row} />
        <ClaimLines {...given} row={row} most={CLAIMS} />
      </span>
    ))}
  </>
);

/** Links to the subjects that the table leaves out, by status. */
const MoreAnswers = ({ rows, model }: { rows: MainAnswers["rows"]; model: ExplorerModel }) => {
  const groups = new Map<string, MainAnswers["rows"]>();
  for (const row of rows.slice(0, ANSWER_LINKS)) groups.set(row.status, [...(groups.get(row.status) ?? []), row]);
  return rows.length === 0 ? null : (
    <details>
      <summary>{grouped(rows.length)} more</summary>
      {[...groups].map(([status, members]) => (
        <p key={status}>
          <span class={`tone ${members[0]?.tone}`}>{status}</span>:{" "}
          {members.map(({ label, href }, i) => [
            i > 0 ? ", " : "",
            <a key={href} href={href} dir="auto">
              {label}
            </a>,
          ])}
        </p>
      ))}
      {rows.length > ANSWER_LINKS ? (
        <p>
          {counted(rows.length - ANSWER_LINKS, ["more is in", "more are in"])} <a href={model.csv}>{model.csv.split("/").at(-1)}</a>.
        </p>
      ) : null}
    </details>
  );
};

/** A row for each subject: its status and other values, each with its source and the statements that contradict it. */
export const AnswerTable = ({ answers, model }: { answers: MainAnswers; model: ExplorerModel }) => {
  const addressOf = rowAddresses(model);
  return (
    <section class="answers" id="answers" aria-labelledby="board">
      <h2 id="board">{answers.title}</h2>
      <table>
        <thead>
          <tr>
            {[answers.subject, "Status", ...answers.columns].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answers.rows.slice(0, ANSWER_ROWS).map(({ label, href, status, tone, first, statement, cells }) => (
            <tr key={`${href} ${status}`}>
              <th scope="row" dir="auto">
                <a href={href}>{label}</a>
              </th>
              <td data-title="Status">
                {first.map(([title, rows]) => (
                  <Before key={title} model={model} rows={rows} title={title} addressOf={addressOf} />
                ))}
                <span class={`tone ${tone}`}>
                  <ToneGlyph tone={tone} /> {status}
                </span>
                {asOf(cellOf(model, statement, "date"))}
                <SourceLine model={model} row={statement} addressOf={addressOf} />
                <ClaimLines model={model} row={statement} most={CLAIMS} addressOf={addressOf} />
              </td>
              {cells.map((rows, i) => (
                <Values key={answers.columns[i]} model={model} rows={rows} title={answers.columns[i] ?? ""} addressOf={addressOf} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <MoreAnswers rows={answers.rows.slice(ANSWER_ROWS)} model={model} />
      {answers.legend.length > 0 ? (
        <p class="muted legend">
          {answers.legend.map(({ label, description }, i) => (
            <span key={label}>
              {i > 0 ? " " : ""}
              <strong>{label}:</strong> {description}
            </span>
          ))}
        </p>
      ) : null}
    </section>
  );
};

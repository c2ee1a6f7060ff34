import { cardHref } from "../explorer/card-href.ts";
import { CellText } from "../explorer/cell.tsx";
import { Details } from "../explorer/details.tsx";
import type { ExplorerModel, Row } from "../explorer/explorer-model.ts";
import { rankWord } from "../explorer/rank-word.ts";
import { rowHref } from "../explorer/row-anchor.ts";
import { rowDate } from "../explorer/row-date.ts";
import { spokenName } from "../explorer/spoken-name.ts";
import type { RecordPage } from "./record-page.ts";

interface StatementProps {
  page: RecordPage & { model: ExplorerModel };
  row: Row;
}

/** The cells of a row in columns of some kinds. */
const cellsOf = ({ model }: StatementProps["page"], row: Row, kinds: readonly string[]): string[] =>
  row.cells.filter((text, i) => text !== "" && kinds.includes(model.columns[i]?.kind ?? ""));

/** The id of a statement, with a link to its card, or else to the explorer. */
const Id = ({ page: { name, model }, row }: StatementProps) => {
  const card = cardHref(model, row);
  return card === undefined ? (
    <a href={`/${name}/${rowHref(model.table, row.id)}`}>{row.id}</a>
  ) : (
    <>
      {row.id} ·{" "}
      <a href={`${card}#cite`}>
        Cite or embed<span class="hidden"> {spokenName(model, row)}</span>
      </a>
    </>
  );
};

/** A statement with its sources, and the statements that contradict it. */
export const Statement = ({ page, row }: StatementProps) => (
  <article id={`${page.model.table}-${row.id}`} class={row.isDeprecated ? "statement deprecated" : "statement"}>
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
      {[rowDate(page.model, row), ...cellsOf(page, row, ["status", "certainty"])].filter(Boolean).map((text) => `${text} · `)}
      <Id page={page} row={row} />
    </p>
    <Details model={page.model} row={row} />
  </article>
);

import type { ExplorerModel, Row } from "../explorer/explorer-model.ts";
import { rankWord } from "../explorer/rank-word.ts";
import { rowAnchor } from "../explorer/row-anchor.ts";
import { sourceName } from "../explorer/source-name.ts";

const NAMING = ["subject", "text", "value"];

/** A row in one element: its cells, sources, claims and reason. */
export const RowLine = ({ model, row }: { model: ExplorerModel; row: Row }) => {
  const isStatement = model.columns.some(({ kind }) => kind === "value");
  const cells = model.columns.flatMap(({ title, kind }, i) => (row.cells[i] ? [{ title, kind, text: row.cells[i] }] : []));
  const isName = ({ kind }: (typeof cells)[number], i: number): boolean => (isStatement ? NAMING.includes(kind) : i === 0);
  const rest = [
    ...cells.filter((cell, i) => !isName(cell, i)).map(({ title, text }) => (isStatement ? text : `${title}: ${text}`)),
    ...(rankWord(row) === undefined ? [] : [rankWord(row)]),
    ...(row.sources ?? []).map(([index, locator, mark]) =>
      [sourceName(model, index), locator && mark === 1 ? `“${locator}”` : locator].filter(Boolean).join(": "),
    ),
    ...(row.claims ?? []).map(({ source, text }) => `contradicted by ${[sourceName(model, source), text].filter(Boolean).join(": ")}`),
    ...(row.replacedBy
      ? [`replaced by ${[sourceName(model, row.replacedBy.source), row.replacedBy.text].filter(Boolean).join(": ")}`]
      : []),
    ...(row.because === undefined ? [] : [row.because]),
    ...(row.more ?? []).map((pair) => pair.join(": ")),
  ];
  const name = cells
    .filter(isName)
    .map(({ text }) => text)
    .join(": ");
  return (
    <li id={rowAnchor(model.table, row.id)} dir="auto">
      {[name, ...rest].join(" · ")}
    </li>
  );
};

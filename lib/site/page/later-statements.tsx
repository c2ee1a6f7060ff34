import { counted } from "../explorer/counted.ts";
import type { ExplorerModel, Row } from "../explorer/explorer-model.ts";
import { LISTED_STATEMENTS } from "../limits.ts";
import { RowLine } from "./row-line.tsx";

/** The statements that a page does not show with all details, as one paragraph each. Those over the maximum are only in the CSV. */
export const LaterStatements = ({ model, rows }: { model: ExplorerModel; rows: readonly Row[] }) =>
  rows.length === 0 ? null : (
    <>
      <ul>
        {rows.slice(0, LISTED_STATEMENTS).map((row) => (
          <RowLine key={row.id} model={model} row={row} />
        ))}
      </ul>
      {rows.length > LISTED_STATEMENTS ? (
        <p>
          {counted(rows.length - LISTED_STATEMENTS, ["more is in", "more are in"])} <a href={model.csv}>{model.csv.split("/").at(-1)}</a>.
        </p>
      ) : null}
    </>
  );

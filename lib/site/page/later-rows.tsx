import { counted } from "../explorer/counted.ts";
import type { ExplorerModel } from "../explorer/explorer-model.ts";
import { subjectAddress } from "../explorer/row-addresses.ts";
import { PAGE_ROWS } from "../limits.ts";
import { RowLine } from "./row-line.tsx";

/**
 * The rows that the page leaves out and that no subject's page has. The explorer fetches them, so this list is for readers without scripts,
 * or for everybody if there are too many rows to explore.
 */
export const LaterRows = ({ whole, shown }: { whole: ExplorerModel; shown: ExplorerModel }) => {
  if (shown.subjects !== undefined && shown.withoutPage === undefined) return null;
  const later = whole.rows.slice(shown.rows.length);
  const rows = later.filter((row) => subjectAddress(whole, row) === undefined).slice(0, PAGE_ROWS - shown.rows.length);
  if (rows.length === 0) return null;
  const list = (
    <details>
      <summary>{counted(rows.length, [`more ${whole.noun[0]}`, `more ${whole.noun[1]}`])}</summary>
      <ul>
        {rows.map((row) => (
          <RowLine key={row.id} model={whole} row={row} />
        ))}
      </ul>
    </details>
  );
  return shown.rest === undefined ? list : <noscript>{list}</noscript>;
};

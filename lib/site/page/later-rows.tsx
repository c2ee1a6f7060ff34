import { counted } from "../explorer/counted.ts";
import type { ExplorerModel } from "../explorer/explorer-model.ts";
import { subjectAddress } from "../explorer/row-addresses.ts";
import { PAGE_ROWS } from "../limits.ts";
import { RowLine } from "./row-line.tsx";

/**
 * The rows after those that the page shows, unless the pages of their subjects have them. The explorer fetches them, so they are here for
 * readers without scripts; if there are too many to explore, for everybody.
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

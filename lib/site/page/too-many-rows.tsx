import { grouped } from "../../contract/grouped.ts";
import type { ExplorerModel } from "../explorer/explorer-model.ts";
import { PAGE_ROWS } from "../limits.ts";

/** A note that the table is too large to explore, with a link to all its rows. */
export const TooManyRows = ({ model }: { model: ExplorerModel }) => (
  <p class="muted">
    {grouped(model.total)} {model.noun[1]} are too many to explore here. The first {grouped(Math.min(PAGE_ROWS, model.total))} are below,
    all in <a href={model.csv}>{model.csv.split("/").at(-1)}</a>; <a href="#use">code that reads them</a>.
  </p>
);

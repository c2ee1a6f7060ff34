import { counted } from "./counted.ts";
import type { Row } from "./explorer-model.ts";
import { supportingSources } from "./supporting-sources.ts";

/** How many of several sources are independent, if that is known; otherwise empty. */
export const sourceIndependence = ({ publishers }: Pick<Row, "publishers">): string =>
  publishers === undefined ? "" : publishers === 1 ? "of one publisher" : `${publishers} independent`;

/** `3 sources, 2 independent`. */
export const sourceCount = (row: Pick<Row, "sources" | "publishers">): string =>
  [counted(supportingSources(row).length, ["source", "sources"]), sourceIndependence(row)].filter(Boolean).join(", ");

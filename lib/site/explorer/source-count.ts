import { counted } from "./counted.ts";
import type { Row } from "./explorer-model.ts";
import { supportingSources } from "./supporting-sources.ts";

/** `3 sources, 2 independent`; without the second part if a publisher is not known. */
export function sourceCount(row: Pick<Row, "sources" | "publishers">): string {
  const { publishers } = row;
  const sources = counted(supportingSources(row).length, ["source", "sources"]);
  return publishers === undefined ? sources : `${sources}, ${publishers === 1 ? "1 publisher" : `${publishers} independent`}`;
}

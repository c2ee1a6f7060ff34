import { counted } from "../explorer/counted.ts";
import type { ExplorerModel, Row } from "../explorer/explorer-model.ts";
import { sourceCount } from "../explorer/source-count.ts";
import { sourceName } from "../explorer/source-name.ts";
import { sourcesByReliability } from "../explorer/supporting-sources.ts";

interface StatementSourcesProps {
  model: ExplorerModel;
  row: Row;
  /** Address of the statement, which lists all its sources. */
  href: string;
}

/** The first of the sources that support a statement, how many more there are, and how many of all are independent, if not all are. */
export const StatementSources = ({ model, row, href }: StatementSourcesProps) => {
  const [first, ...others] = sourcesByReliability(model, row);
  if (first === undefined) return null;
  const { url } = model.sources[first] ?? {};
  const name = sourceName(model, first);
  return (
    <>
      {url ? <a href={url}>{name}</a> : name}
      {others.length > 0
        ? [
            " and ",
            <a key="others" href={href} aria-label={counted(others.length, ["more source", "more sources"])}>
              {others.length} more
            </a>,
            row.publishers === undefined || row.publishers > others.length ? "" : ` (${sourceCount(row)})`,
          ]
        : null}
    </>
  );
};

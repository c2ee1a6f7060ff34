import { counted } from "../explorer/counted.ts";
import type { ExplorerModel, Row } from "../explorer/explorer-model.ts";
import { sourceName } from "../explorer/source-name.ts";

interface StatementSourcesProps {
  model: ExplorerModel;
  row: Row;
  /** Address of the statement, which names all its sources. */
  href: string;
}

/** Who says it: the statement's own source, and how many others are named beside it. */
export const StatementSources = ({ model, row, href }: StatementSourcesProps) => {
  const [first, ...others] = [...new Set((row.sources ?? []).map(([index]) => index))];
  if (first === undefined) return null;
  const { url } = model.sources[first] ?? {};
  const name = sourceName(model, first);
  return (
    <>
      {url ? <a href={url}>{name}</a> : name}
      {others.length > 0
        ? [
            "; ",
            <a key="others" href={href} aria-label={counted(others.length, ["more source", "more sources"])}>
              {others.length} more
            </a>,
          ]
        : null}
    </>
  );
};

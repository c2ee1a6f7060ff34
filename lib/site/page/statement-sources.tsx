import type { ExplorerModel, Row } from "../explorer/explorer-model.ts";
import { sourceName } from "../explorer/source-name.ts";

/** Who says it: the statement's own source, and how many others are named beside it. */
export const StatementSources = ({ model, row }: { model: ExplorerModel; row: Row }) => {
  const [first, ...others] = [...new Set((row.sources ?? []).map(([index]) => index))];
  if (first === undefined) return null;
  const { url } = model.sources[first] ?? {};
  const name = sourceName(model, first);
  return (
    <>
      {url ? <a href={url}>{name}</a> : name}
      {others.length > 0 ? ` and ${others.length} more` : ""}
    </>
  );
};

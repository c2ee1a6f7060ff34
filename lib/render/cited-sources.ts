import type { Explored } from "../site/explorer/explored.ts";
import type { ExplorerModel, Row } from "../site/explorer/explorer-model.ts";
import { sourceTable, sourceText } from "../site/explorer/source-text.ts";
import { supportingSources } from "../site/explorer/supporting-sources.ts";
import { LISTED_SOURCES } from "../site/limits.ts";
import type { CitedSource } from "../site/page/release-page.ts";

/** The sources that rows cite, the most cited first, with the number of their rows that are contradicted or deprecated. */
export function citedSources(explored: Explored, sourceKeys: readonly string[], { rows, columns }: ExplorerModel): CitedSource[] {
  const name = sourceTable(explored.plan);
  const table = name === undefined ? undefined : explored.others.get(name);
  // Counts over only the first rows would be wrong.
  if (!table || rows.length < explored.total) return [];
  const value = columns.findIndex(({ kind }) => kind === "value");
  const sources = sourceKeys.flatMap((key, index): CitedSource[] => {
    const record = table.records.get(key);
    return record ? [{ key, index, ...sourceText(table.plan, record), rows: 0, disputed: 0, deprecated: [] }] : [];
  });
  const byIndex = new Map(sources.map((source) => [source.index, source]));
  for (const row of rows)
    for (const index of supportingSources(row)) {
      const source = byIndex.get(index);
      if (source) countRow(source, row, value);
    }
  return sources.sort((a, b) => b.rows - a.rows).slice(0, LISTED_SOURCES);
}

function countRow(source: CitedSource, row: Row, value: number): void {
  source.rows += 1;
  if (row.claims) source.disputed += 1;
  if (row.isDeprecated) source.deprecated.push({ id: row.id, text: [row.cells[0], row.cells[value]].filter(Boolean).join(": ") || row.id });
}

import { recordKey } from "../contract/record-key.ts";
import type { Explored } from "../site/explorer/explored.ts";
import type { Row } from "../site/explorer/explorer-model.ts";
import { pageSlug } from "../site/explorer/page-slug.ts";
import { sourceTable } from "../site/explorer/source-text.ts";
import { RECORD_PAGES } from "../site/limits.ts";
import type { ReleasePage, SourcePage } from "../site/page/release-page.ts";
import { keysWithPages } from "./keys-with-pages.ts";
import { makeRecordPage } from "./make-record-page.ts";
import type { ReadTable } from "./read-table.ts";
import { type StatementState, statementState } from "./statement-state.ts";

/** Reads the level of certainty of a row, if its table has a certainty. */
function levelReader({ facets }: SourcePage["model"]): (row: Row) => number | undefined {
  const certainty = facets.findIndex(({ role }) => role === "certainty");
  return (row) => facets[certainty]?.values[row.in[certainty] as number]?.level;
}

/** The pages of the first sources that statements cite. */
export function sourcePages(
  page: ReleasePage,
  explored: Explored,
  model: SourcePage["model"],
  { tables, sourceKeys }: { tables: readonly ReadTable[]; sourceKeys: readonly string[] },
): SourcePage[] {
  const table = tables.find(({ plan }) => plan.name === sourceTable(explored.plan));
  // Without all statements, it is unknown which statements of a source are contradicted.
  if (!table || model.rows.length < explored.total) return [];
  const records = new Map(table.records.map((record) => [recordKey(table.plan, record), record]));
  const withPages = keysWithPages(
    sourceKeys.filter((key) => records.has(key)),
    RECORD_PAGES,
  );
  const levelOf = levelReader(model);
  const linkOf = (name: string, key: string): string | undefined =>
    name === table.plan.name && withPages.has(key) ? `/${page.name}/${name}/${pageSlug(key)}/` : undefined;
  return sourceKeys.flatMap((key, index): SourcePage[] => {
    const record = records.get(key);
    if (!record || !withPages.has(key)) return [];
    const sorted: Record<StatementState | "supports", Row[]> = {
      contradicted: [],
      undecided: [],
      superseded: [],
      uncontradicted: [],
      supports: [],
    };
    for (const row of model.rows) {
      const at = row.sources?.findIndex(([source]) => source === index) ?? -1;
      if (at === 0) sorted[statementState(row, levelOf(row))].push(row);
      else if (at > 0) sorted.supports.push(row);
    }
    return [{ ...makeRecordPage(page, table, record, linkOf), model, index, ...sorted }];
  });
}

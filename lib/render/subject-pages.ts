import { recordKey } from "../contract/record-key.ts";
import { referencesOf } from "../release/references-of.ts";
import type { Explored } from "../site/explorer/explored.ts";
import type { Row } from "../site/explorer/explorer-model.ts";
import { isStatements } from "../site/explorer/is-statements.ts";
import { pageSlug } from "../site/explorer/page-slug.ts";
import { propertyWithRole } from "../site/explorer/property.ts";
import { EXPLORED_ROWS, SUBJECT_PAGES } from "../site/limits.ts";
import type { ReleasePage, SubjectPage } from "../site/page/release-page.ts";
import { groupStatements } from "./group-statements.ts";
import type { ReadTable } from "./read-table.ts";
import { recordPage } from "./record-page.ts";

/** The table whose records have pages: the one that statements are about, unless it is too large. */
export function subjectTable(tables: readonly ReadTable[], shown: ReadTable, dataset: string | undefined): ReadTable | undefined {
  const subject = propertyWithRole(shown.plan, "subject");
  const table = isStatements(shown.plan) ? tables.find(({ plan }) => plan.name === subject?.[1].references) : undefined;
  if (dataset === undefined || !table || table.count > SUBJECT_PAGES || shown.count > EXPLORED_ROWS) return undefined;
  const slugs = table.records.map((record) => pageSlug(recordKey(table.plan, record)));
  // Folder names that differ by case only are one folder on some file systems.
  return slugs.every(Boolean) && new Set(slugs.map((slug) => slug?.toLowerCase())).size === slugs.length ? table : undefined;
}

/** A page for each record of the table: the statements about it, and those that name it. */
export function subjectPages(page: ReleasePage, explored: Explored, model: SubjectPage["model"], table: ReadTable): SubjectPage[] {
  const [subject = "", property = ""] = ["subject", "property"].map((role) => propertyWithRole(explored.plan, role)?.[0]);
  const about = new Map<string, { property: string; row: Row }[]>();
  const mentions = new Map<string, Row[]>();
  const add = <T>(to: Map<string, T[]>, key: string, item: T): void => void (to.get(key)?.push(item) ?? to.set(key, [item]));
  for (const [i, record] of explored.records.entries()) {
    const row = model.rows[i] as Row;
    add(about, String(record[subject]), { property: String(record[property]), row });
    for (const key of referencesOf(explored.plan, [record]).get(table.plan.name) ?? [])
      if (key !== record[subject]) add(mentions, key, row);
  }
  return table.records.map((record): SubjectPage => {
    const key = recordKey(table.plan, record);
    return {
      ...recordPage(page, table, record),
      model,
      about: groupStatements(explored, about.get(key) ?? []),
      mentions: mentions.get(key) ?? [],
    };
  });
}

import { recordKey } from "../contract/record-key.ts";
import { referencesOf } from "../release/references-of.ts";
import type { Explored } from "../site/explorer/explored.ts";
import type { Row } from "../site/explorer/explorer-model.ts";
import { isStatements } from "../site/explorer/is-statements.ts";
import { propertyWithRole } from "../site/explorer/property.ts";
import { EXPLORED_ROWS, RECORD_PAGES } from "../site/limits.ts";
import type { ReleasePage, SubjectPage } from "../site/page/release-page.ts";
import { groupStatements } from "./group-statements.ts";
import { keysWithPages } from "./keys-with-pages.ts";
import { lackingReader } from "./lacking-reader.ts";
import { makeRecordPage } from "./make-record-page.ts";
import type { ReadTable } from "./read-table.ts";

/** The table whose records have pages: the subjects of statements, unless there are too many statements. */
export function subjectTable(tables: readonly ReadTable[], shown: ReadTable): ReadTable | undefined {
  const subject = propertyWithRole(shown.plan, "subject");
  const table = isStatements(shown.plan) ? tables.find(({ plan }) => plan.name === subject?.[1].references) : undefined;
  return shown.count > EXPLORED_ROWS ? undefined : table;
}

/** The keys of the first subjects, which have pages: in the order of the statements, followed by subjects without statements. */
export function subjectsWithPages({ plan, records }: ReadTable, statements: Pick<Explored, "plan" | "records">): Set<string> {
  const subject = propertyWithRole(statements.plan, "subject")?.[0] ?? "";
  const known = new Set(records.map((record) => recordKey(plan, record)));
  const withStatements = statements.records.map((record) => String(record[subject])).filter((key) => known.has(key));
  return keysWithPages(new Set([...withStatements, ...known]), RECORD_PAGES);
}

type StatementsAbout = ReadonlyMap<string, readonly { property: string; row: Row }[]>;

const add = <T>(to: Map<string, T[]>, key: string, item: T): void => void (to.get(key)?.push(item) ?? to.set(key, [item]));

/** Key of a subject → the subjects that refer to it, with the number of their statements. */
function relatedSubjects(
  table: ReadTable,
  about: StatementsAbout,
  linkOf: (key: string) => string | undefined,
): Map<string, SubjectPage["related"]> {
  const related = new Map<string, SubjectPage["related"]>();
  for (const record of table.records) {
    const key = recordKey(table.plan, record);
    const rows = about.get(key) ?? [];
    const href = linkOf(key);
    if (rows.length === 0 || href === undefined) continue;
    const conflicts = rows.filter(({ row }) => row.claims !== undefined).length;
    const link = { label: table.labels.get(key) ?? key, href, count: rows.length, conflicts };
    for (const other of referencesOf(table.plan, [record]).get(table.plan.name) ?? []) if (other !== key) add(related, other, link);
  }
  return related;
}

/** Id of a row → the note of its record. */
function rowNotes({ plan, records }: Explored, rows: readonly Row[]): Map<string, string> {
  const note = propertyWithRole(plan, "note")?.[0];
  return new Map(
    records.flatMap((record, i): [string, string][] => {
      const text = note === undefined ? undefined : record[note];
      return typeof text === "string" ? [[(rows[i] as Row).id, text]] : [];
    }),
  );
}

/** The pages of subjects: statements about them or mentioning them. `hrefOf` returns the address of a subject's page, if it has one. */
export function subjectPages(
  page: ReleasePage,
  explored: Explored,
  model: SubjectPage["model"],
  { table, hrefOf }: { table: ReadTable; hrefOf: (key: string) => string | undefined },
): SubjectPage[] {
  const [subject = "", property = ""] = (["subject", "property"] as const).map((role) => propertyWithRole(explored.plan, role)?.[0]);
  const about = new Map<string, { property: string; row: Row }[]>();
  const mentions = new Map<string, Row[]>();
  for (const [i, record] of explored.records.entries()) {
    const row = model.rows[i] as Row;
    add(about, String(record[subject]), { property: String(record[property]), row });
    for (const key of referencesOf(explored.plan, [record]).get(table.plan.name) ?? [])
      if (key !== record[subject]) add(mentions, key, row);
  }
  const linkOf = (name: string, key: string): string | undefined => (name === table.plan.name ? hrefOf(key) : undefined);
  const related = relatedSubjects(table, about, hrefOf);
  const notes = rowNotes(explored, model.rows);
  const lackingOf = lackingReader(explored, table, about);
  return table.records.flatMap((record): SubjectPage[] => {
    const key = recordKey(table.plan, record);
    if (hrefOf(key) === undefined) return [];
    return [
      {
        ...makeRecordPage(page, table, record, linkOf),
        ...{ model, notes, related: related.get(key) ?? [], lacking: lackingOf(record) },
        about: groupStatements(explored, about.get(key) ?? []),
        mentions: mentions.get(key) ?? [],
      },
    ];
  });
}

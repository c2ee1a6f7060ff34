import type { JsonRecord } from "../formats/value.ts";
import type { ValueChange } from "./changed-values.ts";
import { CURRENT_WORDING } from "./wording.ts";

export type ChangeLevel = "major" | "minor" | "patch" | "none";

const ORDER: ChangeLevel[] = ["none", "patch", "minor", "major"];
const higher = (a: ChangeLevel, b: ChangeLevel): ChangeLevel => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

/** Every kind of change to files, columns and descriptions, and its level. docs/versions.md explains them. */
export const CHANGE_LEVELS = {
  "layout-changed": "major",
  "promise-weakened": "major",
  "promise-strengthened": "patch",
  "file-gone": "major",
  "file-new": "minor",
  "column-gone": "major",
  "column-new": "minor",
  "column-retyped": "major",
  "columns-reordered": "major",
  "column-optional": "major",
  "column-required": "patch",
  "value-gone": "major",
  "value-new": "minor",
  "values-listed": "major",
  "values-open": "minor",
  "primary-key-changed": "major",
  "column-described": "patch",
  "table-described": "patch",
  "metadata-changed": "patch",
  "license-changed": "patch",
  "rules-changed": "patch",
} as const satisfies Record<string, ChangeLevel>;

export type ChangeKind = keyof typeof CHANGE_LEVELS;

export interface Change {
  kind: ChangeKind;
  level: ChangeLevel;
  /** One sentence. */
  change: string;
}

export interface ChangedRecord {
  key: string;
  fields: Record<string, ValueChange>;
  /** The whole new record, if applying the changes to the old one would change the order of names. */
  record?: JsonRecord;
}

interface Replacement {
  key: string;
  by: string;
  record: JsonRecord;
}

/** The difference of one table. The lists contain only the first records, for display; `spools` names the files with all of them. */
export interface TableDifference {
  counts: { added: number; changed: number; replaced: number; removed: number };
  added: JsonRecord[];
  changed: (ChangedRecord & { record: JsonRecord })[];
  replaced: Replacement[];
  removed: { key: string; record: JsonRecord }[];
  spools: Partial<Record<ChangeListName, string>>;
  /** Numbers of records that are not deprecated. `lost`: removed, or deprecated without a successor. */
  active: { before: number; after: number; lost: number };
}

/**
 * The lists of a table in `changes.json`. `rewritten`: records with the same values in a different order of names. `order`: the new table
 * as runs of old records `[from, count]` and counts of `added` records, unless it is the old order followed by the additions.
 */
export const CHANGE_LISTS = ["added", "changed", "replaced", "removed", "rewritten", "order"] as const;
export type ChangeListName = (typeof CHANGE_LISTS)[number];

export interface Difference {
  level: ChangeLevel;
  /** Changes of files, columns, types, keys, allowed values and descriptions. */
  schema: Change[];
  tables: Record<string, TableDifference>;
  /** Column types in Parquet or SQLite files changed. */
  retyped?: true;
}

/** Whether published records must stay, or may be removed. */
export type RecordsPolicy = "stay" | "may-go";

/** The level of the changes of a table. */
const tableLevel = ({ counts }: TableDifference, policy: RecordsPolicy): ChangeLevel =>
  counts.removed + counts.replaced > 0
    ? policy === "stay"
      ? "major"
      : "minor"
    : counts.added > 0
      ? "minor"
      : counts.changed > 0
        ? "patch"
        : "none";

export const levelOfDifference = (
  schema: readonly Change[],
  tables: Readonly<Record<string, TableDifference>>,
  policy: RecordsPolicy = "stay",
): ChangeLevel =>
  [...schema.map(({ level }) => level), ...Object.values(tables).map((table) => tableLevel(table, policy))].reduce(
    higher,
    "none" as ChangeLevel,
  );

/** A summary in one line: `3 facts added, 1 corrected`. */
export function summarizeDifference(
  { schema, tables }: Pick<Difference, "schema" | "tables">,
  { counted, shape } = CURRENT_WORDING,
): string {
  const parts = Object.entries(tables).flatMap(([table, { counts }]) =>
    (
      [
        [counts.added, "added"],
        [counts.changed, "corrected"],
        [counts.replaced, "replaced"],
        [counts.removed, "removed"],
      ] as const
    )
      .filter(([count]) => count > 0)
      .map(([count, what], i) => `${i === 0 ? counted(count, table) : count} ${what}`),
  );
  const breaking = schema.filter(({ level }) => level === "major").length;
  if (schema.length > 0)
    parts.push(
      parts.length === 0 && schema.length === 1
        ? shape(schema[0]?.change as string)
        : `${schema.length} ${parts.length > 0 ? "other " : ""}change${schema.length > 1 ? "s" : ""}${breaking > 0 ? ` (${breaking} breaking)` : ""}`,
    );
  return parts.join(", ") || "nothing a reader gets has changed";
}

/** Maximum removed records listed in a sentence. */
const MAX_NAMED = 20;

/** One sentence for each breaking change, and one for each table with removed records. */
export function breakingDifferences({ schema, tables }: Difference, policy: RecordsPolicy = "stay"): string[] {
  const sentences = schema.filter(({ level }) => level === "major").map(({ change }) => change);
  if (policy === "may-go") return sentences;
  for (const [table, { removed, replaced, counts }] of Object.entries(tables)) {
    const removedKeys = [...replaced.map(({ key, by }) => `${key} (replaced by ${by})`), ...removed.map(({ key }) => key)];
    const total = counts.removed + counts.replaced;
    if (total === 0) continue;
    const more = total - Math.min(removedKeys.length, MAX_NAMED);
    sentences.push(
      total === 1
        ? `${table}: ${removedKeys[0]} is gone`
        : `${table}: ${total} are gone: ${removedKeys.slice(0, MAX_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    );
  }
  return sentences;
}

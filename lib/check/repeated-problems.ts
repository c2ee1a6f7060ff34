import type { Problem } from "../diagnostics/problem.ts";
import { columnRules } from "../diagnostics/rules/column-rules.ts";
import { formatRules } from "../diagnostics/rules/format-rules.ts";
import { keyRules } from "../diagnostics/rules/key-rules.ts";
import { typeRules } from "../diagnostics/rules/type-rules.ts";
import { valueRules } from "../diagnostics/rules/value-rules.ts";

/** The size and the key of a table that was read. */
export interface SizedTable {
  records: number;
  primaryKey: readonly string[];
  isView: boolean;
  /** Whether all of its files were read to the end. */
  isWhole: boolean;
}

/** A problem that several records of a table have. */
interface Repeated {
  table: string;
  first: Problem;
  /** Number of records. */
  records: number;
  /** Number of problems: a list may have several. */
  problems: number;
}

/** Minimum records of a table for merging its problems: fewer may have been written by hand, so each problem is listed. */
export const MIN_RECORDS = 10;

/** Maximum repeated problems that are counted: names in data may all be different. */
const MAX_COUNTED = 1000;

/** Rules that follow from schema.json. */
const OF_SCHEMA = new Set(
  [columnRules, formatRules, typeRules, valueRules, { ...keyRules }]
    .flatMap((rules) => Object.values(rules) as { anchor: string }[])
    .map(({ anchor }) => anchor)
    // A missing key is one problem, however many records refer to it.
    .filter((anchor) => anchor !== typeRules.record.anchor && anchor !== keyRules.noSuchRecord.anchor),
);

/** Whether the mistake is in the SELECT or the schema, not in the records. */
function isSystematic({ first, records }: Repeated, table: SizedTable): boolean {
  if (first.rule === keyRules.noSuchRecord.anchor) return false;
  if (table.isView) return records > 1;
  if (table.records < MIN_RECORDS || !OF_SCHEMA.has(first.rule ?? "")) return false;
  return first.rule === keyRules.keyTwice.anchor ? records > table.records / 2 : records === table.records;
}

function wholeProblem(repeated: Repeated, { records: all, primaryKey, isView, isWhole }: SizedTable): Problem {
  const { table, first, records } = repeated;
  if (isView) return { ...first, message: `${first.message} (and ${records - 1} more ${first.field ? "of this column" : "like it"})` };
  const many = records === all ? `all ${records} records` : `${records} of ${all} records`;
  // Records that were not read may be right, and the schema with them.
  if (!isWhole) return { ...first, message: `${first.message} (in ${many} that were read)` };
  const part = first.rule === keyRules.keyTwice.anchor ? `primaryKey ${JSON.stringify(primaryKey)}` : "this column";
  const remedy = `If the records are right, correct ${part} of ${table} in schema.json.`;
  return { ...first, message: `${first.message} (in ${many})`, remedy: first.remedy === undefined ? remedy : `${first.remedy} ${remedy}` };
}

/** Counts problems that records of a table share. A problem of all records is a mistake in the schema, and is reported once. */
export class RepeatedProblems {
  readonly #all = new Map<string, Repeated>();
  readonly #copied = new Set<string>();

  /** Counts a problem; returns the name under which it is counted. */
  add(problem: Problem, table: string): string {
    const field = problem.field ?? "";
    const name = JSON.stringify([table, field.replaceAll(/\[\d+\]/g, "[]"), problem.rule]);
    if (problem.rule === undefined) return name;
    const known = this.#all.get(name);
    // A list counts once, by its first entry.
    const own = /\[[1-9]\d*\]/.test(field) ? 0 : 1;
    if (known) {
      known.records += own;
      known.problems += 1;
    } else if (this.#all.size < MAX_COUNTED) this.#all.set(name, { table, first: problem, records: own, problems: 1 });
    return name;
  }

  /** A table has copied files, which says nothing about its primary key: its duplicate keys are not merged. */
  addCopied(table: string): void {
    this.#copied.add(table);
  }

  /** The merged problems by name, each with the number of problems that it replaces. */
  whole(tables: ReadonlyMap<string, SizedTable>): Map<string, { problem: Problem; replaces: number }> {
    return new Map(
      [...this.#all].flatMap(([name, repeated]) => {
        const table = tables.get(repeated.table);
        if (!table || repeated.problems === 1 || !isSystematic(repeated, table)) return [];
        if (repeated.first.rule === keyRules.keyTwice.anchor && this.#copied.has(repeated.table)) return [];
        return [[name, { problem: wholeProblem(repeated, table), replaces: repeated.problems }] as const];
      }),
    );
  }
}

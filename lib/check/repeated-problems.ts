import type { Problem } from "../diagnostics/problem.ts";
import { columnRules } from "../diagnostics/rules/column-rules.ts";
import { formatRules } from "../diagnostics/rules/format-rules.ts";
import { keyRules } from "../diagnostics/rules/key-rules.ts";
import { typeRules } from "../diagnostics/rules/type-rules.ts";
import { valueRules } from "../diagnostics/rules/value-rules.ts";
import { RepeatedExamples } from "./repeated-examples.ts";

/** The size of a table that was read. */
export interface SizedTable {
  records: number;
  isView: boolean;
  /** Whether all of its files were read to the end. */
  isWhole: boolean;
  /** Path → number of records with a value there, for `sparsePaths`. */
  filled?: ReadonlyMap<string, number> | undefined;
}

/** A problem that several records of a table have. */
interface Repeated {
  table: string;
  /** Without list indexes. */
  path: string;
  first: Problem;
  others: RepeatedExamples;
  /** Number of records. */
  records: number;
  /** Number of problems: a list may have several. */
  problems: number;
}

/** Minimum records with a problem for merging it: fewer may have been written by hand, so each problem is listed. */
export const MIN_RECORDS = 10;

/** Maximum repeated problems that are counted: names in data may all be different. */
const MAX_COUNTED = 1000;

const anchorsOf = (...rules: Record<string, { anchor: string }>[]): Set<string> =>
  new Set(rules.flatMap((named) => Object.values(named)).map(({ anchor }) => anchor));

/** Rules of one column, which follow from schema.json. */
const OF_COLUMN = anchorsOf(columnRules, formatRules, typeRules, valueRules);
OF_COLUMN.delete(typeRules.record.anchor);
/** Rules about keys and references: each names a key that the others do not have. */
const OF_KEY = anchorsOf(keyRules);

/** Whether the mistake is probably in the SELECT or the schema: a column is wrong in most of the records that have a value there. */
function isSystematic({ first: { rule = "" }, path, records }: Repeated, table: SizedTable, wrong: number): boolean {
  if (!table.isWhole || OF_KEY.has(rule)) return false;
  if (table.isView) return records > 1;
  return records >= MIN_RECORDS && OF_COLUMN.has(rule) && wrong * 2 > filledAt(path, table);
}

/** The number of records of a table with a value at a path. */
const filledAt = (path: string, { filled, records }: SizedTable): number => filled?.get(path) ?? records;

function recordsText({ records, path }: Repeated, table: SizedTable): string {
  const filled = filledAt(path, table);
  const share = records === filled ? `in all ${records}` : `in ${records} of ${filled}`;
  return `${share} records${filled === table.records ? "" : ` that have a value here, of ${table.records}`}`;
}

function wholeProblem(repeated: Repeated, sized: SizedTable): Problem {
  const { table, first, others, records } = repeated;
  if (sized.isView)
    return { ...first, message: `${first.message} (and ${records - 1} more ${first.field ? "of this column" : "like it"})` };
  const remedy = `If the records are right, correct this column of ${table} in schema.json.`;
  const examples = others.text === undefined ? "" : `, ${others.text}`;
  return {
    ...first,
    message: `${first.message} (${recordsText(repeated, sized)}${examples})`,
    remedy: first.remedy === undefined ? remedy : `${first.remedy} ${remedy}`,
  };
}

/** Counts problems that records of a table share. A problem of most records may be a mistake in the schema, and is reported once. */
export class RepeatedProblems {
  readonly #all = new Map<string, Repeated>();

  /** Counts a problem; returns the name under which it is counted. */
  add(problem: Problem, table: string): string {
    const exact = problem.field ?? "";
    const path = exact.replaceAll(/\[\d+\]/g, "[]");
    const name = JSON.stringify([table, path, problem.rule]);
    if (problem.rule === undefined) return name;
    const known = this.#all.get(name);
    // A list counts once, by its first entry.
    const own = /\[[1-9]\d*\]/.test(exact) ? 0 : 1;
    if (known) {
      known.records += own;
      known.problems += 1;
      if (own > 0) known.others.add(problem);
    } else if (this.#all.size < MAX_COUNTED) {
      const others = new RepeatedExamples(problem);
      this.#all.set(name, { table, path, first: problem, others, records: own, problems: 1 });
    }
    return name;
  }

  /** The paths of a table whose problems may be in all records with a value there, if some records have none. */
  sparsePaths(table: string, records: number): string[] {
    const paths = [...this.#all.values()].filter(
      (one) => one.table === table && OF_COLUMN.has(one.first.rule ?? "") && one.records >= MIN_RECORDS,
    );
    return [...new Set(paths.map(({ path }) => path))].filter((path) => this.#wrongAt(table, path) < records);
  }

  /** The number of records with a wrong value at a path, by any rule of columns. */
  #wrongAt(table: string, path: string): number {
    const here = [...this.#all.values()].filter((one) => one.table === table && one.path === path && OF_COLUMN.has(one.first.rule ?? ""));
    return here.reduce((sum, { records }) => sum + records, 0);
  }

  /** The merged problems by name, each with the number of problems that it replaces. */
  whole(tables: ReadonlyMap<string, SizedTable>): Map<string, { problem: Problem; replaces: number }> {
    return new Map(
      [...this.#all].flatMap(([name, repeated]) => {
        const table = tables.get(repeated.table);
        if (!table || repeated.problems === 1 || !isSystematic(repeated, table, this.#wrongAt(repeated.table, repeated.path))) return [];
        return [[name, { problem: wholeProblem(repeated, table), replaces: repeated.problems }] as const];
      }),
    );
  }
}

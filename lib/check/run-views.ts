import { recordKey } from "../contract/record-key.ts";
import { isView, type View } from "../dataset/view.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { Source } from "../ports/ports.ts";
import type { ReadableDataset } from "../ports/readable-dataset.ts";
import { SqlError } from "../ports/sql-error.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { problemOfSql } from "./problem-of-sql.ts";
import { runTables, type TablesResult } from "./run-tables.ts";
import type { SqlDatabase } from "./sql-database.ts";
import type { TableTasks } from "./table-encodings.ts";
import { type ViewRows, viewRecords } from "./view-records.ts";

/** Maximum rows of a view. */
const MAX_VIEW_ROWS = 100_000;

/** The rows of a view as a file of records: row 1 is on the second line. */
const fileOf = (lines: readonly string[]): Buffer => Buffer.from(`[\n${lines.join(",\n")}\n]\n`);
const rowOf = (line: number): number => line - 1;

/** The problem of the first two rows with the same key. */
function repeatedKey(view: View, plan: TablePlan, records: readonly Record<string, unknown>[]): Problem[] {
  const rows = new Map<string, number>();
  for (const [i, record] of records.entries()) {
    const key = recordKey(plan, record);
    const before = rows.get(key);
    if (before !== undefined)
      return [
        fileProblem(
          view.file,
          `Rows ${before} and ${i + 1} have the same key: ${plan.primaryKey.join(", ")} is ${quote(key)}`,
          "Return one row for each key: does a join find more than one record?",
        ),
      ];
    rows.set(key, i + 1);
  }
  return [];
}

async function rowsOfView(view: View, plan: TablePlan, database: SqlDatabase): Promise<ViewRows> {
  try {
    const sql = await database.filled();
    const rows = viewRecords(view, plan, await sql.selectAll(view.sql, MAX_VIEW_ROWS));
    return rows.problems.length > 0 ? rows : { ...rows, problems: repeatedKey(view, plan, rows.records) };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { records: [], lines: [], problems: [problemOfSql(error, view.file)] };
  }
}

/** A source that adds the rows of views to the files of another source. */
const withRows = (source: Source, rows: ReadonlyMap<string, Buffer>): Source => ({
  list: async () => [...(await source.list()), ...[...rows].map(([path, { length }]) => ({ path, bytes: length }))],
  async *read(path, options) {
    const own = rows.get(path);
    if (own) yield own;
    else yield* source.read(path, options);
  },
});

/** Turns the problem of a row into a problem of the view, which has no lines. */
function inView(
  { file, line, field, message, remedy }: Problem,
  rows: readonly Record<string, unknown>[] | undefined,
  plan: TablePlan,
): Problem {
  const record = rows?.[rowOf(line) - 1];
  const row = record ? `Row ${rowOf(line)} (${plan.primaryKey.join(", ")} ${quote(recordKey(plan, record))})` : "";
  const column = row !== "" && field !== undefined && field !== "" ? `, column ${quote(field)}` : "";
  return fileProblem(file, `${row}${column}${row === "" ? "" : ": "}${message}`, remedy);
}

/** Runs the views of a checked dataset, and checks and encodes their rows like records. */
export async function runViews(
  { dataset, source, runtime }: ReadableDataset,
  database: SqlDatabase,
  tasks: TableTasks,
  checked: TablesResult,
): Promise<TablesResult> {
  if (dataset.views.length === 0) return checked;
  const planOf = ({ name }: View): TablePlan => dataset.plans.find((plan) => plan.name === name) as TablePlan;
  const found = new Map<string, ViewRows>();
  for (const view of dataset.views) found.set(view.file, await rowsOfView(view, planOf(view), database));
  const problems = [...found.values()].flatMap((rows) => rows.problems);
  if (problems.length > 0) return { ...checked, problems, problemCount: problems.length };
  const files = new Map(dataset.files);
  for (const { name, file } of dataset.views) files.set(name, [file]);
  const rows = new Map([...found].map(([file, { lines }]) => [file, fileOf(lines)]));
  const tables = {
    dataset: { plans: dataset.plans, files, filesComplete: true },
    ...{ source: withRows(source, rows), runtime },
  };
  const reads = (table: string): boolean => isView(dataset, table);
  const result = await runTables(tables, { ...tasks, reads });
  const located = (problem: Problem): Problem => {
    const view = dataset.views.find(({ file }) => file === problem.file);
    return view ? inView(problem, found.get(view.file)?.records, planOf(view)) : problem;
  };
  return {
    records: new Map([...checked.records, ...result.records]),
    problemCount: result.problemCount,
    problems: result.problems.map(located),
    warnings: [...checked.warnings, ...result.warnings.map(located)],
  };
}

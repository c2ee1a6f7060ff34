import { recordKey } from "../contract/record-key.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { SqlCheck } from "../dataset/sql-check.ts";
import { isView } from "../dataset/view.ts";
import { compareProblems, fileProblem, type Problem } from "../diagnostics/problem.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { SqlValue } from "../formats/sql-tables.ts";
import type { RunningSql, SqlResult } from "../ports/ports.ts";
import type { ReadableDataset } from "../ports/readable-dataset.ts";
import { SqlError } from "../ports/sql-error.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { indexesForViews } from "./indexes-for-views.ts";
import { problemOfSql } from "./problem-of-sql.ts";
import { MIN_RECORDS } from "./repeated-problems.ts";
import { runTables, runTablesToLocate, type TablesResult } from "./run-tables.ts";
import { runViews } from "./run-views.ts";
import { SqlDatabase } from "./sql-database.ts";
import type { TableTasks } from "./table-encodings.ts";

/** A record that a check reports, by its key. */
interface ReportedRecord {
  check: SqlCheck;
  key: string;
  message: string;
  /** If the check reports all records of its table with this message: their number, and the keys of those that are listed. */
  all?: { size: number; keys: readonly string[] };
}

/** The rows of a check as keys and messages. Throws `SqlError` if the result lacks them. */
function reportedRecords(check: SqlCheck, plan: TablePlan, { columns, rows }: SqlResult): ReportedRecord[] {
  const missing = [...plan.primaryKey, "message"].filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new SqlError(`Its result has no column ${missing.map((name) => `"${name}"`).join(" and ")}`, {
      remedy: `A check of ${check.table} returns ${[...plan.primaryKey, "message"].join(", ")}.`,
    });
  const cellOf = (row: readonly SqlValue[], name: string): SqlValue => row[columns.lastIndexOf(name)] ?? null;
  return rows.map((row) => {
    const message = cellOf(row, "message");
    if (message === null || String(message).trim() === "")
      throw new SqlError("Its result has a row without a message", {
        remedy: "The column message must say what is wrong and what to do.",
      });
    const key = recordKey(plan, Object.fromEntries(plan.primaryKey.map((name) => [name, cellOf(row, name)])));
    return { check, key, message: String(message) };
  });
}

/** The results of SQL checks. */
class CheckResults {
  readonly problems: Problem[] = [];
  readonly records: ReportedRecord[] = [];
  /** Number of reported records that are not listed. */
  more = 0;

  /** `size`: number of records of the table. */
  async run(check: SqlCheck, plan: TablePlan, size: number, sql: RunningSql): Promise<void> {
    try {
      const found = await sql.select(check.sql);
      const listed = reportedRecords(check, plan, found);
      const [first] = listed;
      const keys = listed.map(({ key }) => key);
      const isSame = listed.every(({ message }) => message === first?.message);
      if (first && isSame && size >= MIN_RECORDS && found.count === size && new Set(keys).size === keys.length) {
        this.records.push({ ...first, all: { size, keys } });
        return;
      }
      this.records.push(...listed);
      if (found.count === listed.length) return;
      this.more += found.count - listed.length - 1;
      this.problems.push(fileProblem(check.file, `It reports ${found.count} records; only the first ${listed.length} are listed`));
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      this.addError(error, check.file);
    }
  }

  addError(error: SqlError, file: string): void {
    this.problems.push(problemOfSql(error, file));
  }
}

async function runChecks({ plans, checks }: Dataset, tables: SqlDatabase, sizes: ReadonlyMap<string, number>): Promise<CheckResults> {
  const results = new CheckResults();
  try {
    const sql = await tables.filled();
    for (const check of checks) {
      const plan = plans.find(({ name }) => name === check.table) as TablePlan;
      await results.run(check, plan, sizes.get(check.table) ?? 0, sql);
    }
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    results.addError(error, checks[0]?.file as string);
  }
  return results;
}

/**
 * Checks the records of a dataset and, if they have no problems, runs its SQL checks and then its views. Their tables are filled in the
 * same pass over the records; rows of views are checked and encoded like records.
 */
export async function runSqlChecks(read: ReadableDataset, tasks: TableTasks = {}): Promise<TablesResult> {
  const { dataset } = read;
  if (dataset.checks.length + dataset.views.length === 0) return runTables(read, tasks);
  const tables = new SqlDatabase(dataset, read.runtime.startSql);
  const reads = (table: string): boolean => !isView(dataset, table);
  try {
    const indexes = indexesForViews(dataset.plans);
    const checked = await runTables(read, { ...tasks, reads, indexes, encodings: [...(tasks.encodings ?? []), tables] });
    if (checked.problemCount > 0) return checked;
    const problems = await problemsOfChecks(read, tables, checked.records);
    if (problems.problemCount > 0) return { ...checked, ...problems };
    return await runViews(read, tables, { ...tasks, indexes }, checked);
  } finally {
    await tables.close();
  }
}

async function problemsOfChecks(
  read: ReadableDataset,
  tables: SqlDatabase,
  sizes: ReadonlyMap<string, number>,
): Promise<Pick<TablesResult, "problems" | "problemCount">> {
  if (read.dataset.checks.length === 0) return { problems: [], problemCount: 0 };
  const { problems, records, more } = await runChecks(read.dataset, tables, sizes);
  for (const table of new Set(records.map(({ check }) => check.table))) {
    const ofTable = records.filter(({ check }) => check.table === table);
    problems.push(...(await locate(read, ofTable)));
  }
  return { problems: problems.sort(compareProblems), problemCount: problems.length + more };
}

/** Locates the problems at their records, in a second pass over the table. */
async function locate(read: ReadableDataset, records: readonly ReportedRecord[]): Promise<Problem[]> {
  const plan = read.dataset.plans.find(({ name }) => name === records[0]?.check.table) as TablePlan;
  const keys = new Set(records.flatMap(({ key, all }) => all?.keys ?? [key]));
  const locations = await runTablesToLocate(read, { plan, keys });
  const unknownKey = ({ key, all }: ReportedRecord): string | undefined => (all?.keys ?? [key]).find((other) => !locations.has(other));
  const unknown = records.filter((record) => unknownKey(record) !== undefined);
  return records.flatMap((record): Problem[] => {
    const { check, message, all } = record;
    const key = unknownKey(record);
    const location = locations.get(record.key);
    if (key !== undefined || !location) {
      // A check that returns values other than keys does so in every row, and is reported once.
      const ofCheck = unknown.filter((other) => other.check === check);
      if (ofCheck[0] !== record) return [];
      const rows = all ? all.keys.filter((other) => !locations.has(other)).length : ofCheck.length;
      const more = rows > 1 ? ` (and ${rows - 1} more)` : "";
      return [
        fileProblem(
          check.file,
          `It returns ${quote(key ?? record.key)}, which is not a key of ${plan.name}${more}: ${message}`,
          `Return the ${plan.primaryKey.join(", ")} of a record of ${plan.name}.`,
        ),
      ];
    }
    const rule = `The rule is in ${check.file}.`;
    return [
      all === undefined
        ? { ...location, message, remedy: rule }
        : { ...location, message: `${message} (in all ${all.size} records)`, remedy: `${rule} If the records are right, correct it.` },
    ];
  });
}

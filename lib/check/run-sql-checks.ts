import { recordKey } from "../contract/record-key.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { SqlCheck } from "../dataset/sql-check.ts";
import { compareProblems, fileProblem, type Problem } from "../diagnostics/problem.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { TablePart } from "../formats/format.ts";
import { type SqlTable, type SqlValue, sqlTables } from "../formats/sql-tables.ts";
import { type RunningSql, type Source, SqlError, type SqlResult } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { runTables, type TablesResult, tablePlaces } from "./run-tables.ts";
import type { Encoding, TableTasks } from "./table-outputs.ts";

/** Maximum rows of all tables that checks name, link tables included. */
export const MAX_CHECK_ROWS = 200_000;

const problemOf = ({ message, line, column, remedy }: SqlError, file: string): Problem => ({
  file,
  line,
  column,
  message,
  ...(remedy ? { remedy } : {}),
});

/** Only tables that a check names are loaded. */
const isNamed = (checks: readonly SqlCheck[], { name }: SqlTable): boolean => {
  const word = new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`, "i");
  return checks.some(({ sql }) => word.test(sql));
};

/** A database with the tables that checks name. It is filled in the pass that checks the records. */
class SqlTables implements Encoding {
  readonly encoders = [{ name: "sql-rows" }];
  readonly #dataset: Dataset;
  readonly #named: ReadonlySet<string>;
  readonly #startSql: Runtime["startSql"];
  #sql: RunningSql | undefined;
  #rows = 0;
  /** Why it could not be filled. */
  #error: SqlError | undefined;

  constructor(dataset: Dataset, startSql: Runtime["startSql"]) {
    this.#dataset = dataset;
    this.#startSql = startSql;
    this.#named = new Set(dataset.plans.flatMap(sqlTables).flatMap((table) => (isNamed(dataset.checks, table) ? [table.name] : [])));
  }

  accepts(plan: TablePlan): boolean {
    return sqlTables(plan).some(({ name }) => this.#named.has(name));
  }

  async write(_plan: TablePlan, parts: readonly TablePart[]): Promise<void> {
    if (this.#error) return;
    try {
      for (const part of parts) if (this.#named.has(part.table)) await this.#insert(part);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      // Problems of records come first: it is reported only where there are none.
      this.#error = error;
    }
  }

  async #insert({ table, chunks }: TablePart): Promise<void> {
    const sql = await this.#open();
    for (const chunk of chunks) this.#rows += await sql.insert(table, chunk);
    if (this.#rows > MAX_CHECK_ROWS)
      throw new SqlError(`The checks name tables with more than ${MAX_CHECK_ROWS} rows`, {
        remedy: "Use fewer tables in checks/, or express the rule in schema.json.",
      });
  }

  /** The database with every table, whether it has rows or not. */
  async #open(): Promise<RunningSql> {
    if (this.#sql) return this.#sql;
    this.#sql = this.#startSql();
    for (const table of this.#dataset.plans.flatMap(sqlTables)) await this.#sql.create(table);
    return this.#sql;
  }

  /** Throws `SqlError` where it could not be filled. */
  async filled(): Promise<RunningSql> {
    if (this.#error) throw this.#error;
    return this.#open();
  }

  async close(): Promise<void> {
    await this.#sql?.close();
  }
}

/** A record that a check reports, by its key. */
interface ReportedRecord {
  check: SqlCheck;
  key: string;
  message: string;
}

/** The rows of a check as keys and messages. Throws `SqlError` if the result does not have them. */
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
      throw new SqlError("Its result has a row without a message", { remedy: "Say in the column message what is wrong, and what to do." });
    const key = recordKey(plan, Object.fromEntries(plan.primaryKey.map((name) => [name, cellOf(row, name)])));
    return { check, key, message: String(message) };
  });
}

/** What SQL checks found. */
class CheckResults {
  readonly problems: Problem[] = [];
  readonly records: ReportedRecord[] = [];
  /** Number of reported records that are not listed. */
  more = 0;

  async run(check: SqlCheck, plan: TablePlan, sql: RunningSql): Promise<void> {
    try {
      const found = await sql.select(check.sql);
      const listed = reportedRecords(check, plan, found);
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
    this.problems.push(problemOf(error, file));
  }
}

async function runChecks({ plans, checks }: Dataset, tables: SqlTables): Promise<CheckResults> {
  const results = new CheckResults();
  try {
    const sql = await tables.filled();
    for (const check of checks) await results.run(check, plans.find(({ name }) => name === check.table) as TablePlan, sql);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    results.addError(error, checks[0]?.file as string);
  }
  return results;
}

/**
 * Checks the records of a dataset and, where they have no problems, runs its SQL checks. The tables of those are filled in the same
 * pass over the records.
 */
export async function runSqlChecks(dataset: Dataset, source: Source, runtime: Runtime, tasks: TableTasks = {}): Promise<TablesResult> {
  if (dataset.checks.length === 0) return runTables(dataset, source, runtime, tasks);
  const tables = new SqlTables(dataset, runtime.startSql);
  try {
    const checked = await runTables(dataset, source, runtime, { ...tasks, encodings: [...(tasks.encodings ?? []), tables] });
    if (checked.problemCount > 0) return checked;
    const { problems, records, more } = await runChecks(dataset, tables);
    for (const table of new Set(records.map(({ check }) => check.table))) {
      const ofTable = records.filter(({ check }) => check.table === table);
      problems.push(...(await locate(dataset, source, runtime, ofTable)));
    }
    return { ...checked, problems: problems.sort(compareProblems), problemCount: problems.length + more };
  } finally {
    await tables.close();
  }
}

/** Problems at the places of their records: a second pass over the table. */
async function locate(dataset: Dataset, source: Source, runtime: Runtime, records: readonly ReportedRecord[]): Promise<Problem[]> {
  const plan = dataset.plans.find(({ name }) => name === records[0]?.check.table) as TablePlan;
  const places = await tablePlaces(dataset, source, runtime, { plan, keys: new Set(records.map(({ key }) => key)) });
  return records.map(({ check, key, message }) => {
    const place = places.get(key);
    return place
      ? { ...place, message, remedy: `The rule is in ${check.file}.` }
      : fileProblem(
          check.file,
          `It returns ${quote(key)}, which is no key of ${plan.name}: ${message}`,
          `Return the ${plan.primaryKey.join(", ")} of a record of ${plan.name}.`,
        );
  });
}

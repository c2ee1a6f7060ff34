import type { Dataset } from "../dataset/dataset.ts";
import { isView } from "../dataset/view.ts";
import type { TablePart } from "../formats/format.ts";
import { type SqlTable, sqlTables } from "../formats/sql-tables.ts";
import type { RunningSql } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { SqlError } from "../ports/sql-error.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import type { Encoding } from "./table-outputs.ts";

/** Maximum rows of all tables that checks and views name, link tables included. */
export const MAX_CHECK_ROWS = 200_000;

/** Whether a check or a view names a table: only these are loaded. */
const isNamed = (statements: readonly { sql: string }[], { name }: SqlTable): boolean => {
  const word = new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`, "i");
  return statements.some(({ sql }) => word.test(sql));
};

/** A database with the tables that checks and views name, filled during the check of the records. */
export class SqlDatabase implements Encoding {
  readonly encoders = [{ name: "sql-rows" }];
  readonly #tables: readonly SqlTable[];
  readonly #named: ReadonlySet<string>;
  readonly #startSql: Runtime["startSql"];
  #sql: RunningSql | undefined;
  #rows = 0;
  /** The error that stopped the filling, if any. */
  #error: SqlError | undefined;

  constructor(dataset: Dataset, startSql: Runtime["startSql"]) {
    this.#tables = dataset.plans.filter(({ name }) => !isView(dataset, name)).flatMap(sqlTables);
    this.#startSql = startSql;
    const statements = [...dataset.checks, ...dataset.views];
    this.#named = new Set(this.#tables.flatMap((table) => (isNamed(statements, table) ? [table.name] : [])));
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
      // Problems of records have priority: this error is reported only if there are none.
      this.#error = error;
    }
  }

  async #insert({ table, chunks }: TablePart): Promise<void> {
    const sql = await this.#open();
    for (const chunk of chunks) this.#rows += await sql.insert(table, chunk);
    if (this.#rows > MAX_CHECK_ROWS)
      throw new SqlError(`The SQL of checks/ and views/ names tables with more than ${MAX_CHECK_ROWS} rows`, {
        remedy: "Use fewer tables there, or express a rule in schema.json.",
      });
  }

  /** Opens the database with all tables, even empty ones. */
  async #open(): Promise<RunningSql> {
    if (this.#sql) return this.#sql;
    this.#sql = this.#startSql();
    for (const table of this.#tables) await this.#sql.create(table);
    return this.#sql;
  }

  /** Throws `SqlError` if it could not be filled. */
  async filled(): Promise<RunningSql> {
    if (this.#error) throw this.#error;
    return this.#open();
  }

  async close(): Promise<void> {
    await this.#sql?.close();
  }
}

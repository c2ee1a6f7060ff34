import type { Dataset } from "../dataset/dataset.ts";
import { isView } from "../dataset/view.ts";
import type { TablePart } from "../formats/format.ts";
import { type SqlTable, sqlTables } from "../formats/sql-tables.ts";
import type { RunningSql } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { SqlError } from "../ports/sql-error.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import type { Encoding } from "./table-encodings.ts";

/** Maximum rows of all tables that checks and views name, link tables included. */
export const MAX_CHECK_ROWS = 200_000;

/** Maximum bytes of rows buffered during an insertion; then `write` waits for the insertion to end. */
const BUFFER_BYTES = 64 * 1024;

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
  readonly #sql: RunningSql;
  #rows = 0;
  /** Rows that are not inserted yet, by table. */
  readonly #waiting = new Map<string, Uint8Array[]>();
  #waitingBytes = 0;
  /** Settles when the tables are created and the rows before `#waiting` are inserted. */
  #inserting: Promise<void>;
  #isInserting = true;
  /** The error that stopped the filling, if any. */
  #error: SqlError | undefined;

  /** Creates all tables right away, even those that stay empty, while records are read. */
  constructor(dataset: Dataset, startSql: Runtime["startSql"]) {
    this.#tables = dataset.plans.filter(({ name }) => !isView(dataset, name)).flatMap(sqlTables);
    this.#sql = startSql();
    const statements = [...dataset.checks, ...dataset.views];
    this.#named = new Set(this.#tables.flatMap((table) => (isNamed(statements, table) ? [table.name] : [])));
    this.#inserting = this.#sql.create(this.#tables);
    this.#followInsertion();
  }

  accepts(plan: TablePlan): boolean {
    return sqlTables(plan).some(({ name }) => this.#named.has(name));
  }

  write(_plan: TablePlan, parts: readonly TablePart[]): Promise<void> {
    return this.#unlessFailed(async () => {
      for (const part of parts) if (this.#named.has(part.table)) await this.#add(part);
    });
  }

  /** Keeps the first error: problems of records have priority, and it is reported only if there are none. */
  async #unlessFailed(fill: () => Promise<void>): Promise<void> {
    if (this.#error) return;
    try {
      await fill();
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      this.#error = error;
    }
  }

  async #add({ table, chunks }: TablePart): Promise<void> {
    const waiting = this.#waiting.get(table) ?? [];
    this.#waiting.set(table, waiting);
    for (const chunk of chunks) {
      // Copied: the memory of a part is reused.
      waiting.push(Uint8Array.from(chunk));
      this.#waitingBytes += chunk.length;
    }
    if (!this.#isInserting || this.#waitingBytes >= BUFFER_BYTES) await this.#insertWaiting();
  }

  /** Starts to insert the buffered rows while the next records are read. */
  async #insertWaiting(): Promise<void> {
    await this.#inserting;
    const rows = [...this.#waiting];
    this.#waiting.clear();
    this.#waitingBytes = 0;
    this.#inserting = this.#insert(rows);
    this.#followInsertion();
  }

  #followInsertion(): void {
    this.#isInserting = true;
    const end = (): void => {
      this.#isInserting = false;
    };
    // The error is thrown where `#inserting` is awaited.
    this.#inserting.then(end, end);
  }

  async #insert(rows: readonly (readonly [table: string, chunks: Uint8Array[]])[]): Promise<void> {
    for (const [table, chunks] of rows) this.#rows += await this.#sql.insert(table, chunks);
    if (this.#rows > MAX_CHECK_ROWS)
      throw new SqlError(`The SQL of checks/ and views/ names tables with more than ${MAX_CHECK_ROWS} rows`, {
        remedy: "Use fewer tables there, or express a rule in schema.json.",
      });
  }

  /** The database with all rows. Throws `SqlError` if it could not be filled. */
  async filled(): Promise<RunningSql> {
    await this.#unlessFailed(async () => {
      await this.#insertWaiting();
      await this.#inserting;
    });
    if (this.#error) throw this.#error;
    return this.#sql;
  }

  async close(): Promise<void> {
    await this.#unlessFailed(() => this.#inserting);
    await this.#sql.close();
  }
}

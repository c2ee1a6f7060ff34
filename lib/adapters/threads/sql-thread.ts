import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { sqlCreateTable, sqlInsertIntoTable } from "../../formats/sql-tables.ts";
import type { RunningSql, SqlResult, StartSql } from "../../ports/ports.ts";
import { SqlError, SqlLimitError } from "../../ports/sql-error.ts";
import type { FoundRows, SqlRequest, SqlResponse } from "./sql-worker.ts";

/** Time for all SQL checks of a dataset together. Filling the tables does not count, since their size bounds it. */
const CHECKS_SECONDS = 30;
/** Time for one call that fills a table. */
const LOAD_SECONDS = 120;
const HEAP_MB = 256;

/** In a checkout and in the package, the thread's program is a file next to this one. In a Lambda, it is the bundle itself. */
const FILE = new URL("./sql-worker.js", import.meta.url);
const WORKER = existsSync(FILE) ? FILE : new URL(import.meta.url);

const tooSlow = (): SqlError => new SqlLimitError(`Filling the tables for the SQL checks took too long (maximum ${LOAD_SECONDS} s)`);
const tooLong = (seconds: number): SqlError =>
  new SqlLimitError(`The SQL checks took too long; this one was stopped (maximum ${seconds} s for all checks of a dataset)`, {
    remedy: "Simplify it: does a join have no ON, or does a WITH RECURSIVE never end?",
  });

/** A thread whose database was larger is not reused, because its memory never shrinks. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** A thread that waits for the next dataset. Starting a thread takes longer than most checks. */
let idle: Worker | undefined;

const startWorker = (): Worker =>
  new Worker(WORKER, {
    workerData: { sqlThread: true },
    // An empty environment: no credentials.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });

function takeWorker(): Worker {
  const worker = idle ?? startWorker();
  idle = undefined;
  worker.removeAllListeners();
  worker.ref();
  return worker;
}

/** Keeps a thread for the next dataset, without keeping the process alive. */
function keepWorker(worker: Worker): void {
  idle = worker;
  worker.removeAllListeners();
  for (const event of ["error", "exit"])
    worker.once(event, () => {
      if (idle === worker) idle = undefined;
    });
  worker.unref();
}

/** Starts a thread before a dataset is opened, unless an idle one exists, so that SQL can run without waiting for it. */
export function prepareSqlThread(): void {
  if (!idle) keepWorker(startWorker());
}

class SqlThread implements RunningSql {
  readonly #worker = takeWorker();
  #waiting: { done(answer: SqlResponse): void; fail(error: Error): void } | undefined;
  #ended: Error | undefined;
  #isOpen = false;
  /** Bytes of the inserted rows. */
  #bytes = 0;
  /** Memory limits apply to the whole thread, and a table-valued pragma can lower them. */
  #usesPragma = false;
  readonly #checksSeconds: number;
  #milliseconds: number;

  constructor(checksSeconds: number) {
    this.#checksSeconds = checksSeconds;
    this.#milliseconds = checksSeconds * 1000;
    this.#worker.on("message", (answer: SqlResponse) => this.#waiting?.done(answer));
    this.#worker.on("error", (error: NodeJS.ErrnoException) =>
      this.#end(
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? new SqlLimitError(`The check needed too much memory and was stopped (maximum ${HEAP_MB} MB)`, { remedy: "Return fewer rows." })
          : error,
      ),
    );
    this.#worker.on("exit", (code) => this.#end(new Error(`The thread of the SQL checks exited with code ${code}`)));
  }

  #end(error: Error): void {
    this.#waiting?.fail(error);
    const Kind = error instanceof SqlLimitError ? SqlLimitError : SqlError;
    this.#ended ??= error instanceof SqlError ? new Kind("Not run, because an earlier check was stopped") : error;
  }

  async #request(request: SqlRequest, milliseconds = LOAD_SECONDS * 1000, late = tooSlow): Promise<SqlResponse> {
    if (!this.#isOpen) {
      this.#isOpen = true;
      await this.#send({ open: true }, LOAD_SECONDS * 1000, tooSlow);
    }
    return this.#send(request, milliseconds, late);
  }

  /** Sends one request at a time. Terminates the thread if it does not answer in time. */
  async #send(request: SqlRequest, milliseconds: number, late: () => SqlError): Promise<SqlResponse> {
    if (this.#ended) throw this.#ended;
    let timer: NodeJS.Timeout | undefined;
    try {
      const answer = await new Promise<SqlResponse>((done, fail) => {
        this.#waiting = { done, fail };
        timer = setTimeout(() => this.#end(late()), milliseconds);
        this.#worker.postMessage(request);
      });
      if (!("failure" in answer)) return answer;
      const failure = new SqlError(answer.failure.message, answer.failure);
      if (answer.failure.fatal) this.#end(failure);
      throw failure;
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
      if (this.#ended) await this.#worker.terminate();
    }
  }

  async create(tables: Parameters<RunningSql["create"]>[0]): Promise<void> {
    await this.#request({
      create: tables.map((table) => ({ name: table.name, create: sqlCreateTable(table), insert: sqlInsertIntoTable(table) })),
    });
  }

  async insert(table: string, rows: readonly Uint8Array[]): Promise<number> {
    for (const { length } of rows) this.#bytes += length;
    const answer = await this.#request({ table, rows });
    return "inserted" in answer ? answer.inserted : 0;
  }

  async select(sql: string): Promise<SqlResult> {
    // Without `maxRows`, the thread converts every value to one that can be shown in a message.
    return (await this.#run({ select: sql })) as SqlResult;
  }

  selectAll(sql: string, maxRows: number): Promise<FoundRows> {
    return this.#run({ select: sql, maxRows });
  }

  /** All statements of a dataset share one time limit. */
  async #run(request: SqlRequest & { select: string }): Promise<FoundRows> {
    this.#usesPragma ||= /pragma/i.test(request.select);
    const start = performance.now();
    try {
      const answer = await this.#request(request, this.#milliseconds, () => tooLong(this.#checksSeconds));
      return (answer as { found: FoundRows }).found;
    } finally {
      this.#milliseconds -= performance.now() - start;
    }
  }

  async close(): Promise<void> {
    const isClean = !this.#ended && !this.#waiting && !this.#usesPragma && this.#bytes <= KEPT_BYTES;
    if (isClean && !idle) return keepWorker(this.#worker);
    this.#worker.removeAllListeners("exit");
    await this.#worker.terminate();
  }
}

/** SQLite in a thread, which is terminated if it exceeds its limits of time or memory. */
export const sqlThread: StartSql = () => sqlThreadWith(CHECKS_SECONDS);

/** The same with a different time limit for a dataset's checks. */
export const sqlThreadWith = (checksSeconds: number): RunningSql => new SqlThread(checksSeconds);

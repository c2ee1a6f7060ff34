import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { sqlCreate, sqlInsert } from "../../formats/sql-tables.ts";
import { type RunningSql, SqlError, type SqlResult, type StartSql } from "../../ports/ports.ts";
import type { Answer, Question } from "./sql-worker.ts";

/** The checks of a dataset may think for so long together; what it takes to fill the tables is bounded by their size. */
const CHECKS_SECONDS = 30;
/** A call that fills a table is given up after so long. */
const LOAD_SECONDS = 120;
const HEAP_MB = 256;

/** In a checkout and a package a file for the thread stands beside this one; a Lambda's bundle starts itself. */
const FILE = new URL("./sql-worker.js", import.meta.url);
const WORKER = existsSync(FILE) ? FILE : new URL(import.meta.url);

const tooSlow = (): SqlError => new SqlError(`Filling the tables that checks name took longer than ${LOAD_SECONDS} s`);
const tooLong = (seconds: number): SqlError =>
  new SqlError(`The checks of a dataset may take ${seconds} s together; this one was ended`, {
    remedy: "Simplify it: does a join have no ON, or does a WITH RECURSIVE never end?",
  });

class SqlThread implements RunningSql {
  readonly #worker = new Worker(WORKER, {
    workerData: { sqlThread: true },
    // Nothing of ours: no credentials, no settings.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
  #waiting: { done(answer: Answer): void; fail(error: Error): void } | undefined;
  #ended: Error | undefined;
  readonly #checksSeconds: number;
  #milliseconds: number;

  constructor(checksSeconds: number) {
    this.#checksSeconds = checksSeconds;
    this.#milliseconds = checksSeconds * 1000;
    this.#worker.on("message", (answer: Answer) => this.#waiting?.done(answer));
    this.#worker.on("error", (error: NodeJS.ErrnoException) =>
      this.#end(
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? new SqlError(`The check took more than ${HEAP_MB} MB of memory and was ended`, { remedy: "Let it return less." })
          : error,
      ),
    );
    this.#worker.on("exit", (code) => this.#end(new Error(`The thread that runs checks ended with code ${code}`)));
  }

  #end(error: Error): void {
    this.#waiting?.fail(error);
    this.#ended ??= error instanceof SqlError ? new SqlError("It was not run, as another check was ended before it") : error;
  }

  /** One question at a time; the thread is ended where the answer does not come in time. */
  async #ask(question: Question, milliseconds = LOAD_SECONDS * 1000, late = tooSlow): Promise<Answer> {
    if (this.#ended) throw this.#ended;
    let timer: NodeJS.Timeout | undefined;
    try {
      const answer = await new Promise<Answer>((done, fail) => {
        this.#waiting = { done, fail };
        timer = setTimeout(() => this.#end(late()), milliseconds);
        this.#worker.postMessage(question);
      });
      if (!("fault" in answer)) return answer;
      const fault = new SqlError(answer.fault.message, answer.fault);
      if (answer.fault.fatal) this.#end(fault);
      throw fault;
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
      if (this.#ended) await this.#worker.terminate();
    }
  }

  async create(table: Parameters<RunningSql["create"]>[0]): Promise<void> {
    await this.#ask({ name: table.name, create: sqlCreate(table), insert: sqlInsert(table) });
  }

  async insert(table: string, rows: Uint8Array): Promise<number> {
    const answer = await this.#ask({ table, rows });
    return "inserted" in answer ? answer.inserted : 0;
  }

  async select(sql: string): Promise<SqlResult> {
    const start = performance.now();
    try {
      const answer = await this.#ask({ select: sql }, this.#milliseconds, () => tooLong(this.#checksSeconds));
      return (answer as { found: SqlResult }).found;
    } finally {
      this.#milliseconds -= performance.now() - start;
    }
  }

  async close(): Promise<void> {
    this.#worker.removeAllListeners("exit");
    await this.#worker.terminate();
  }
}

/** SQLite in a thread of its own, which is ended where it takes too long or too much memory. */
export const sqlThread: StartSql = () => sqlThreadWith(CHECKS_SECONDS);

/** The same where the checks of a dataset may think for another time. */
export const sqlThreadWith = (checksSeconds: number): RunningSql => new SqlThread(checksSeconds);

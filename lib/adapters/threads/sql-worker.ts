import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import initSqlJs, { type Database } from "sql.js";
import { withoutQuotedText } from "../../dataset/sql-text.ts";
import { nearMiss } from "../../diagnostics/did-you-mean.ts";
import { listValues } from "../../diagnostics/rules/wording.ts";
import { SCHEMA, type SqlValue } from "../../formats/sql-tables.ts";
import type { SqlResult } from "../../ports/ports.ts";

export type Question = { name: string; create: string; insert: string } | { table: string; rows: Uint8Array } | { select: string };
interface Fault {
  message: string;
  line?: number;
  column?: number;
  remedy?: string;
  /** SQLite itself broke: nothing more can be asked of this thread. */
  fatal?: boolean;
}
export type Answer = { fault: Fault } | { inserted: number } | { found: SqlResult } | { created: true };

/** So many rows of a result are handed over; the rest is counted. */
const MAX_ROWS = 100;
/** A message for people is no longer than this. */
const MAX_TEXT = 1_000;
const MAX_NAME = 80;
/** SQLite's own bound. */
const MAX_COLUMNS = 2_000;
/** The tables take so much memory, and a query so much besides. */
const TABLE_MB = 256;
const QUERY_MB = 128;
const PAGE_BYTES = 4096;

/** Beside the bundle, or where npm puts it. */
function wasm(): Buffer {
  const beside = new URL("./sql-wasm.wasm", import.meta.url);
  return readFileSync(existsSync(beside) ? fileURLToPath(beside) : createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm"));
}

/** What gives another result each time was asked for while a check ran. */
let unsteady: string | undefined;

/** A clock that stands still, and remembers that it was read. */
class StillDate extends Date {
  constructor() {
    super(0);
    unsteady = "the clock or the time zone";
  }
  static override now(): number {
    unsteady = "the clock or the time zone";
    return 0;
  }
}

const RealDate = Date;
function withoutClock<T>(work: () => T): T {
  unsteady = undefined;
  globalThis.Date = StillDate as DateConstructor;
  try {
    return work();
  } finally {
    globalThis.Date = RealDate;
  }
}

async function open(): Promise<Database> {
  const { buffer, byteOffset, byteLength } = wasm();
  const SQL = await initSqlJs({ wasmBinary: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer });
  const db = new SQL.Database();
  const pages = (TABLE_MB * 1024 * 1024) / PAGE_BYTES;
  // In memory, not in the file system that Emscripten makes up: that one asks for the time.
  db.run(`ATTACH ':memory:' AS ${SCHEMA}; PRAGMA ${SCHEMA}.page_size = ${PAGE_BYTES}; PRAGMA ${SCHEMA}.max_page_count = ${pages};
    PRAGMA hard_heap_limit = ${(TABLE_MB + QUERY_MB) * 1024 * 1024}; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF`);
  const random = (): number => {
    unsteady = "random numbers";
    return 0;
  };
  db.create_function("random", () => random());
  db.create_function("randomblob", (_bytes: number) => random());
  return db;
}

const placeOf = (sql: string, offset: number): { line: number; column: number } => {
  const before = sql.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

const prepareError = (db: Database, sql: string): string | undefined => {
  try {
    db.prepare(sql).free();
    return undefined;
  } catch (error) {
    // What SQLite says of the text is the answer.
    return (error as Error).message;
  }
};

/** SQLite names the text that it stumbled over, not its place: the first one up to which the same is wrong. */
function placed(db: Database, sql: string, message: string): Fault {
  const word =
    /^near "([\s\S]+)": syntax error$/.exec(message)?.[1] ?? /^(?:no such \w+|ambiguous column name): (?:.*\.)?(.+)$/.exec(message)?.[1];
  const isSyntax = message.startsWith("near ");
  if (word)
    for (let at = sql.indexOf(word), tries = 0; at >= 0 && tries < 100; at = sql.indexOf(word, at + 1), tries += 1)
      if (!isSyntax || prepareError(db, sql.slice(0, at + word.length)) === message) return { message, ...placeOf(sql, at) };
  return { message };
}

const textsOf = (db: Database, sql: string): string[] => (db.exec(sql)[0]?.values ?? []).map(([text]) => String(text));
const TABLES = `SELECT name FROM ${SCHEMA}.sqlite_master WHERE type = 'table'`;

/** What to do about a name that SQLite does not know. */
function unknownName(db: Database, asked: string, { message, line = 0, column = 0 }: Fault): string | undefined {
  const [, kind, name = ""] = /^no such (column|table): (?:.*\.)?([\s\S]*)$/.exec(message) ?? [];
  if (kind === undefined) return undefined;
  const known = textsOf(
    db,
    kind === "table" ? TABLES : `SELECT DISTINCT c.name FROM (${TABLES}) AS t, pragma_table_info(t.name, '${SCHEMA}') AS c`,
  );
  const meant = nearMiss(name, known);
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  if (kind === "table") return `The tables are: ${listValues(known)}.`;
  const isQuoted = asked.split("\n")[line - 1]?.[column - 2] === '"';
  return isQuoted
    ? `Double quotes hold the name of a column. Text stands in single ones: '${name.replaceAll("'", "''").slice(0, MAX_NAME)}'.`
    : "Columns are called as in the CSV of their table: date in value is value_date.";
}

function worded(db: Database, sql: string, asked: string, message: string): Fault {
  if (message === "out of memory")
    return { message: `It takes more than ${QUERY_MB} MB of memory`, remedy: "Simplify it, or let it return less." };
  if (message.includes("readonly database")) return { message: "It writes, and a check may only read", remedy: "Use one SELECT." };
  const fault = placed(db, sql, message);
  const remedy = unknownName(db, asked, fault);
  return { ...fault, message: `SQLite does not take this: ${message}`, ...(remedy ? { remedy } : {}) };
}

const textOf = (value: unknown): SqlValue =>
  typeof value === "string" ? value.slice(0, MAX_TEXT) : typeof value === "number" || value === null ? value : "(bytes)";

/** SQLite's own tables live in a file system that asks for the time. */
const OWN_TABLES = /\b(?:sqlite_(?:temp_)?(?:master|schema)|pragma_\w+)\b/i;

function unsteadyFault(sql: string, what: string): Fault {
  const [own] = OWN_TABLES.exec(sql) ?? [];
  if (own !== undefined)
    return {
      message: `It reads ${own}, which is no table of the dataset`,
      remedy: "Read the tables of the dataset, and name its columns.",
    };
  return { message: `It asks for ${what}: the same commit must always get the same verdict`, remedy: "Use what stands in the records." };
}

function select(db: Database, asked: string): Answer {
  const sql = withoutQuotedText(asked);
  const statements = db.iterateStatements(sql);
  const rest = (): string => statements.getRemainingSQL();
  try {
    const { value: statement } = statements.next();
    if (!statement) return { fault: { message: "The file holds no statement" } };
    const second = rest();
    // A comment is no statement, and prepares to nothing.
    if (prepareSecond(db, second))
      return {
        fault: {
          message: "There is more than one statement",
          remedy: "Keep one; write one file a check.",
          ...placeOf(sql, sql.length - second.trimStart().length),
        },
      };
    const rows: SqlValue[][] = [];
    let count = 0;
    const columns = statement.getColumnNames();
    while (statement.step()) {
      if (count < MAX_ROWS) rows.push(statement.get().map(textOf));
      count += 1;
      if (unsteady) break;
    }
    statement.free();
    if (unsteady) return { fault: unsteadyFault(sql, unsteady) };
    return { found: { columns, rows, count } };
  } catch (error) {
    // A check that fails is a problem of the dataset: the message goes to its author.
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError)
      return { fault: { message: `SQLite gave up on it: ${error.message}`, remedy: "Simplify it.", fatal: true } };
    return { fault: worded(db, sql, asked, (error as Error).message) };
  }
}

function prepareSecond(db: Database, sql: string): boolean {
  try {
    return !db.iterateStatements(sql).next().done;
  } catch {
    // SQLite takes what stands behind the first statement for the beginning of a second one, and refuses it.
    return true;
  }
}

function answer(db: Database, inserts: Map<string, string>, question: Question): Answer {
  if ("select" in question) {
    db.run("PRAGMA query_only = ON");
    return withoutClock(() => select(db, question.select));
  }
  try {
    if ("create" in question) {
      db.run(question.create);
      inserts.set(question.name, question.insert);
      return { created: true };
    }
    const rows = JSON.parse(Buffer.from(question.rows).toString("utf8")) as SqlValue[][];
    db.run("BEGIN");
    const statement = db.prepare(inserts.get(question.table) as string);
    for (const row of rows) statement.run(row);
    statement.free();
    db.run("COMMIT");
    return { inserted: rows.length };
  } catch (error) {
    // Rows that SQLite does not take are a problem of the dataset: the message goes to its author.
    const { message } = error as Error;
    return {
      fault: /full|out of memory/.test(message)
        ? {
            message: `The tables that checks name take more than ${TABLE_MB} MB: that is too large to be checked by them`,
            remedy: "Name fewer tables in checks/, or say the rule in schema.json.",
          }
        : {
            message: `SQLite cannot hold the tables: ${message}`,
            remedy: message.startsWith("too many columns")
              ? `A table that checks read has at most ${MAX_COLUMNS} columns: describe fewer in schema.json.`
              : "Columns and tables must differ by more than large and small letters.",
          },
    };
  }
}

/** Whether this thread was started to run checks. */
export const isSqlThread = (): boolean => !isMainThread && (workerData as { sqlThread?: true } | null)?.sqlThread === true;

/** Answers one question after the other. */
export function runSqlThread(): void {
  const opened = open();
  const inserts = new Map<string, string>();
  parentPort?.on("message", async (question: Question) => {
    parentPort?.postMessage(answer(await opened, inserts, question) satisfies Answer);
  });
}

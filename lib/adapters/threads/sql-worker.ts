import { isUtf8 } from "node:buffer";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import initSqlJs, { type Database, type SqlJsStatic, type Statement } from "sql.js";
import { sqlWithBrackets } from "../../dataset/sql-with-brackets.ts";
import { nearestName } from "../../diagnostics/nearest-name.ts";
import { listValues } from "../../diagnostics/rules/list-values.ts";
import { SCHEMA, type SqlUnrecordable, type SqlValue } from "../../formats/sql-tables.ts";
import type { SqlResult } from "../../ports/ports.ts";
import { WASM_TIERING_BUDGET } from "./wasm-tiering-budget.ts";

/** One SELECT, of a view if `maxRows` is set, otherwise of a check. */
interface SelectRequest {
  select: string;
  maxRows?: number;
}

/** `open` creates an empty database and discards the previous one. */
export type SqlRequest =
  | { open: true }
  | { create: readonly { name: string; create: string; insert: string }[] }
  | { table: string; rows: readonly Uint8Array[] }
  | SelectRequest;
interface SqlFailure {
  message: string;
  line?: number;
  column?: number;
  remedy?: string;
  /** SQLite itself failed, and the thread is unusable. */
  fatal?: boolean;
}
/** Rows of a check contain only `SqlValue`. */
export type FoundRows = SqlResult<SqlValue | SqlUnrecordable>;
export type SqlResponse = { failure: SqlFailure } | { opened: true } | { inserted: number } | { found: FoundRows } | { created: true };

/** Maximum rows returned; the rest are only counted. */
const MAX_ROWS = 100;
/** Maximum characters of a value. */
const MAX_TEXT = 1_000;
const MAX_NAME = 80;
/** SQLite's own limit. */
const MAX_COLUMNS = 2_000;
/** Maximum memory of the tables, and additional memory of a query. */
const TABLE_MB = 256;
const QUERY_MB = 128;
const PAGE_BYTES = 4096;

/** SQLite's WebAssembly: next to the bundle, or in node_modules. */
function wasm(): Buffer {
  const nextToBundle = new URL("./sql-wasm.wasm", import.meta.url);
  return readFileSync(
    existsSync(nextToBundle) ? fileURLToPath(nextToBundle) : createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm"),
  );
}

/** What made the running check nondeterministic, if anything. */
let nondeterminism: string | undefined;

/** A frozen clock that records when it is read. */
class FrozenDate extends Date {
  constructor() {
    super(0);
    nondeterminism = "the clock or the time zone";
  }
  static override now(): number {
    nondeterminism = "the clock or the time zone";
    return 0;
  }
}

const RealDate = Date;
function withoutClock<T>(work: () => T): T {
  nondeterminism = undefined;
  globalThis.Date = FrozenDate as DateConstructor;
  try {
    return work();
  } finally {
    globalThis.Date = RealDate;
  }
}

/**
 * V8's threshold for optimizing functions of SQLite, in the bytes of code that a function has run. Optimizing the function that runs SQL
 * takes longer than the checks of a small dataset; checks of 200,000 rows reach this threshold soon.
 */
const SQLITE_TIERING_BUDGET = 100_000_000;

async function loadSql(): Promise<SqlJsStatic> {
  const { buffer, byteOffset, byteLength } = wasm();
  // Later versions have the flag, but other defaults.
  const setBudget = (budget: number): void => {
    if (process.versions.node.startsWith("20.")) setFlagsFromString(`--wasm-tiering-budget=${budget}`);
  };
  setBudget(SQLITE_TIERING_BUDGET);
  try {
    return await initSqlJs({ wasmBinary: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer });
  } finally {
    // For other modules: a module keeps the threshold with which it was compiled.
    setBudget(WASM_TIERING_BUDGET);
  }
}

function open(SQL: SqlJsStatic): Database {
  const db = new SQL.Database();
  const pages = (TABLE_MB * 1024 * 1024) / PAGE_BYTES;
  // In memory, because Emscripten's virtual file system reads the clock.
  db.run(`ATTACH ':memory:' AS ${SCHEMA}; PRAGMA ${SCHEMA}.page_size = ${PAGE_BYTES}; PRAGMA ${SCHEMA}.max_page_count = ${pages};
    PRAGMA hard_heap_limit = ${(TABLE_MB + QUERY_MB) * 1024 * 1024}; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF`);
  const random = (): number => {
    nondeterminism = "random numbers";
    return 0;
  };
  db.create_function("random", () => random());
  db.create_function("randomblob", (_bytes: number) => random());
  return db;
}

const locationOf = (sql: string, offset: number): { line: number; column: number } => {
  const before = sql.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

const prepareError = (db: Database, sql: string): string | undefined => {
  try {
    db.prepare(sql).free();
    return undefined;
  } catch (error) {
    // The message is the result.
    return (error as Error).message;
  }
};

/** SQLite quotes the offending text without its position. Its location is the first occurrence up to which the error is the same. */
function locateError(db: Database, sql: string, message: string): SqlFailure {
  const word =
    /^near "([\s\S]+)": syntax error$/.exec(message)?.[1] ??
    /^(?:no such \w+|ambiguous column name): (?:[^\s.]+\.)*(.+)$/.exec(message)?.[1];
  const isSyntax = message.startsWith("near ");
  if (word)
    for (let at = sql.indexOf(word), tries = 0; at >= 0 && tries < 100; at = sql.indexOf(word, at + 1), tries += 1)
      if (!isSyntax || prepareError(db, sql.slice(0, at + word.length)) === message) return { message, ...locationOf(sql, at) };
  return { message };
}

const textsOf = (db: Database, sql: string): string[] => (db.exec(sql)[0]?.values ?? []).map(([text]) => String(text));
const TABLES = `SELECT name FROM ${SCHEMA}.sqlite_master WHERE type = 'table'`;

/** The remedy for an unknown name. */
function unknownName(db: Database, query: string, { message, line = 0, column = 0 }: SqlFailure): string | undefined {
  const [, kind, name = ""] = /^no such (column|table): (?:[^\s.]+\.)*([\s\S]+)$/.exec(message) ?? [];
  if (kind === undefined) return undefined;
  const known = textsOf(
    db,
    kind === "table" ? TABLES : `SELECT DISTINCT c.name FROM (${TABLES}) AS t, pragma_table_info(t.name, '${SCHEMA}') AS c`,
  );
  const suggestion = nearestName(name, known);
  const isQuoted = query.split("\n")[line - 1]?.[column - 2] === '"';
  const text = `'${name.replaceAll("'", "''").slice(0, MAX_NAME)}'`;
  if (suggestion === name) return `Name the table that has "${name}" after FROM.`;
  if (suggestion !== undefined)
    return isQuoted && kind === "column"
      ? `Did you mean "${suggestion}"? Put text in single quotes: ${text}.`
      : `Did you mean "${suggestion}"?`;
  if (kind === "table") return `The tables are: ${listValues(known)}.`;
  return isQuoted
    ? `Double quotes enclose the name of a column. Put text in single quotes: ${text}.`
    : "Columns have the names of the CSV: date in value is value_date.";
}

/** The remedy for a syntax error on a line with the wrong kind of quotes. */
function misquoted(query: string, { message, line = 0 }: SqlFailure): string | undefined {
  if (!message.startsWith("near ")) return undefined;
  const rest = (query.split("\n")[line - 1] ?? "").replaceAll(/'[^']*'|--.*$/g, "");
  if (/[‘’“”]/.test(rest)) return "Put text in straight quotes: '…'.";
  return rest.includes("'") ? "Write '' for a single quote inside a text." : undefined;
}

function describeError(db: Database, sql: string, query: string, message: string): SqlFailure {
  if (message === "out of memory")
    return { message: `It needs too much memory (maximum ${QUERY_MB} MB)`, remedy: "Simplify it, or return fewer rows." };
  if (message.includes("readonly database")) return { message: "It must not write", remedy: "Use one SELECT." };
  const failure = locateError(db, sql, message);
  const remedy = unknownName(db, query, failure) ?? misquoted(query, failure);
  return { ...failure, message: `SQLite rejects this: ${message}`, ...(remedy ? { remedy } : {}) };
}

/** API missing from the types of sql.js: integers as `bigint`, and the bytes of a text. */
interface ExactStatement {
  get(params: null, config: { useBigInt: true }): (SqlValue | SqlUnrecordable)[];
  getBlob(column: number): Uint8Array;
}

/** The unmodified values of a row. Texts are decoded here: sql.js replaces invalid UTF-8 and drops a leading U+FEFF. */
function exactRow(statement: Statement): (SqlValue | SqlUnrecordable)[] {
  const exact = statement as unknown as ExactStatement;
  return exact.get(null, { useBigInt: true }).map((value, i) => {
    if (typeof value === "bigint") return BigInt(Number(value)) === value ? Number(value) : value;
    if (typeof value !== "string") return value;
    const bytes = exact.getBlob(i);
    return isUtf8(bytes) ? Buffer.from(bytes).toString("utf8") : bytes;
  });
}

/** A value as shown in the message of a check. */
const textOf = (value: SqlValue | SqlUnrecordable): SqlValue =>
  typeof value === "string"
    ? value.slice(0, MAX_TEXT)
    : typeof value === "number" || value === null
      ? value
      : typeof value === "bigint"
        ? String(value)
        : "(bytes)";

/** Queries on SQLite's own tables read the clock. */
const OWN_TABLES = /\b(?:sqlite_(?:temp_)?(?:master|schema)|pragma_\w+)\b/i;

function nondeterminismFailure(sql: string, what: string): SqlFailure {
  const [own] = OWN_TABLES.exec(sql) ?? [];
  if (own !== undefined)
    return {
      message: `It reads ${own}, which is not a table of the dataset`,
      remedy: "Read the tables of the dataset, and name its columns.",
    };
  return { message: `It uses ${what}, but the same commit must always get the same result`, remedy: "Use values of the records." };
}

const rowOfTexts = (statement: Statement): SqlValue[] => exactRow(statement).map(textOf);

/** `maxRows`: maximum rows kept; the rest are only counted. */
function select(db: Database, query: string, maxRows: number, readRow: typeof exactRow): SqlResponse {
  const sql = sqlWithBrackets(query);
  const statements = db.iterateStatements(sql);
  const rest = (): string => statements.getRemainingSQL();
  try {
    const { value: statement } = statements.next();
    if (!statement) return { failure: { message: "The file contains no statement" } };
    const second = rest();
    // A comment is not a statement.
    if (prepareSecond(db, second))
      return {
        failure: {
          message: "There is more than one statement",
          remedy: "Write one statement per file.",
          ...locationOf(sql, sql.length - second.trimStart().length),
        },
      };
    const rows: FoundRows["rows"] = [];
    let count = 0;
    const columns = statement.getColumnNames();
    while (statement.step()) {
      if (count < maxRows) rows.push(readRow(statement));
      count += 1;
      if (nondeterminism) break;
    }
    statement.free();
    if (nondeterminism) return { failure: nondeterminismFailure(sql, nondeterminism) };
    return { found: { columns, rows, count } };
  } catch (error) {
    // Failing SQL is a problem of the dataset, and its message is for the author.
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError)
      return { failure: { message: `SQLite failed: ${error.message}`, remedy: "Simplify it.", fatal: true } };
    return { failure: describeError(db, sql, query, (error as Error).message) };
  }
}

/** Selects every row of a view. */
function selectAll(db: Database, query: string, maxRows: number): SqlResponse {
  const answer = select(db, query, maxRows, exactRow);
  if (!("found" in answer) || answer.found.count <= maxRows) return answer;
  return {
    failure: {
      message: `It returns ${answer.found.count} rows (maximum ${maxRows})`,
      remedy: "Return fewer rows, or publish them as records.",
    },
  };
}

function prepareSecond(db: Database, sql: string): boolean {
  try {
    return !db.iterateStatements(sql).next().done;
  } catch {
    // If SQLite rejects the text after the first statement, it counts as a second statement.
    return true;
  }
}

/**
 * Before json_each or json_tree, SQLite reads the main database, an empty file, and Emscripten converts the file's times to dates. A locked
 * file is not read again.
 */
function prepareJson(db: Database, query: string): void {
  const isLocked = /\bjson_(?:each|tree)\b/i.test(query) && !OWN_TABLES.test(query);
  db.run(`PRAGMA main.locking_mode = ${isLocked ? "EXCLUSIVE" : "NORMAL"}; SELECT count(*) FROM main.sqlite_master`);
}

/** Returns the number of rows. */
function insertRows(db: Database, insert: string, lists: readonly Uint8Array[]): number {
  let count = 0;
  db.run("BEGIN");
  const statement = db.prepare(insert);
  for (const list of lists) {
    const rows = JSON.parse(Buffer.from(list).toString("utf8")) as SqlValue[][];
    for (const row of rows) statement.run(row);
    count += rows.length;
  }
  statement.free();
  db.run("COMMIT");
  return count;
}

function answer(db: Database, inserts: Map<string, string>, request: Exclude<SqlRequest, { open: true }>): SqlResponse {
  if ("select" in request) {
    db.run("PRAGMA query_only = ON");
    const { maxRows } = request;
    prepareJson(db, request.select);
    return withoutClock(() =>
      maxRows === undefined ? select(db, request.select, MAX_ROWS, rowOfTexts) : selectAll(db, request.select, maxRows),
    );
  }
  try {
    if ("create" in request) {
      for (const { name, create, insert } of request.create) {
        db.run(create);
        inserts.set(name, insert);
      }
      return { created: true };
    }
    return { inserted: insertRows(db, inserts.get(request.table) as string, request.rows) };
  } catch (error) {
    // Rows that SQLite rejects are a problem of the dataset, and the message is for its author.
    const { message } = error as Error;
    return {
      failure: /full|out of memory/.test(message)
        ? {
            message: `The tables for the SQL checks are too large (maximum ${TABLE_MB} MB)`,
            remedy: "Use fewer tables in checks/ and views/, or express a rule in schema.json.",
          }
        : {
            message: `SQLite cannot hold the tables: ${message}`,
            remedy: message.startsWith("too many columns")
              ? `Describe fewer columns in schema.json (maximum ${MAX_COLUMNS}).`
              : "Names of columns and tables must differ by more than case.",
          },
    };
  }
}

/** Whether this thread was started to run SQL checks. */
export const isSqlWorker = (): boolean => !isMainThread && (workerData as { sqlThread?: true } | null)?.sqlThread === true;

/** Answers requests one at a time. The first request opens a database. */
export function runSqlWorker(): void {
  const loaded = loadSql();
  // Opened before it is requested: the first database takes longest.
  let next: Promise<Database> | undefined = loaded.then(open);
  const inserts = new Map<string, string>();
  let db: Database | undefined;
  parentPort?.on("message", async (request: SqlRequest) => {
    let response: SqlResponse;
    if ("open" in request) {
      db?.close();
      inserts.clear();
      db = await (next ?? loaded.then(open));
      next = undefined;
      response = { opened: true };
    } else response = answer(db as Database, inserts, request);
    parentPort?.postMessage(response);
  });
}

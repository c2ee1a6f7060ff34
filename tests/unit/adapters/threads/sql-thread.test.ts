import { expect, it } from "vitest";
import { prepareSqlThread, sqlThread, sqlThreadWith } from "../../../../lib/adapters/threads/sql-thread.ts";
import { type SqlTable, sqlTables } from "../../../../lib/formats/sql-tables.ts";
import { SqlError } from "../../../../lib/ports/sql-error.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";

const ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
const ANSWER = "SELECT 42 AS answer";

it("ends a check when all checks together take too long, and runs none after it", async () => {
  const sql = sqlThreadWith(0.5);
  await expect(sql.select(ENDLESS)).rejects.toThrow(
    "The SQL checks took too long; this one was stopped (maximum 0.5 s for all checks of a dataset)",
  );
  await expect(sql.select(ANSWER)).rejects.toThrow("Not run, because an earlier check was stopped");
  await sql.close();
});

it("continues after a check that is refused", async () => {
  const sql = sqlThread();
  await expect(sql.select("SELECT missing FROM nowhere")).rejects.toThrow("nowhere");
  expect((await sql.select(ANSWER)).rows).toEqual([[42]]);
  await sql.close();
});

const TABLES = { properties: { t: { type: "array", primaryKey: ["id"], items: { properties: { id: { type: "string" } } } } } };
const TABLE = sqlTables(planTable("t", TABLES))[0] as SqlTable;

it("opens an empty database for each dataset, in the same thread", async () => {
  const before = sqlThread();
  await before.create([TABLE]);
  await before.insert("t", [Buffer.from('[["x"]]')]);
  await before.close();
  const sql = sqlThread();
  await sql.create([TABLE]);
  expect((await sql.select("SELECT count(*) FROM t")).rows).toEqual([[0]]);
  await sql.close();
});

it("starts one thread ahead, which the next dataset takes", async () => {
  const started: unknown[] = [];
  const note = (worker: unknown): void => void started.push(worker);
  const other = sqlThread();
  await other.select(ANSWER);
  process.on("worker", note);
  prepareSqlThread();
  prepareSqlThread();
  const sql = sqlThread();
  expect((await sql.select(ANSWER)).rows).toEqual([[42]]);
  process.off("worker", note);
  expect(started).toHaveLength(1);
  await sql.close();
  await other.close();
});

it("restores limits that a check lowered", async () => {
  const hostile = sqlThread();
  await hostile.select("SELECT * FROM pragma_hard_heap_limit(1)").catch((error: unknown) => expect(error).toBeInstanceOf(SqlError));
  await hostile.close();
  const sql = sqlThread();
  expect((await sql.select(ANSWER)).rows).toEqual([[42]]);
  await sql.close();
});

it.each([
  ['SELECT id FROM t WHERE id = "ajax"', "Double quotes enclose the name of a column. Put text in single quotes: 'ajax'."],
  [
    'SELECT id FROM t WHERE id = "It is wrong. Correct it."',
    "Double quotes enclose the name of a column. Put text in single quotes: 'It is wrong. Correct it.'.",
  ],
  ['SELECT id FROM t WHERE id = "ids"', "Did you mean \"id\"? Put text in single quotes: 'ids'."],
  ["SELECT ids FROM t", 'Did you mean "id"?'],
  ["SELECT t.ids FROM t", 'Did you mean "id"?'],
  ["SELECT id", 'Name the table that has "id" after FROM.'],
  ["SELECT 'It can't be' FROM t", "Write '' for a single quote inside a text."],
  ["SELECT id FROM t ORDRE id -- it doesn't matter", undefined],
  ["SELECT ‘It is’ AS message FROM t", "Put text in straight quotes: '…'."],
  ["SELECT '’' AS message FRM t WHERE", undefined],
])("leads from %s to: %s", async (query, remedy) => {
  const sql = sqlThread();
  await sql.create([TABLE]);
  const error = await sql.select(query).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SqlError);
  expect((error as SqlError).remedy).toBe(remedy);
  await sql.close();
});

it("reads JSON, and still neither the clock, the time zone nor SQLite's own tables", async () => {
  const sql = sqlThread();
  const list = "json_each('[2, 1]')";
  expect((await sql.select(`SELECT json_group_array(value ORDER BY value) FROM ${list}`)).rows).toEqual([["[1,2]"]]);
  expect((await sql.select("SELECT count(*) FROM json_tree('{\"a\": [1]}')")).rows).toEqual([[3]]);
  for (const what of ["date('now')", "CURRENT_TIMESTAMP", "date(0, 'unixepoch', 'localtime')", "(SELECT count(*) FROM sqlite_master)"])
    for (const query of [`SELECT value, ${what} FROM ${list}`, `SELECT ${what}`])
      await expect(sql.select(query), query).rejects.toThrow(/It uses the clock or the time zone|It reads sqlite_master/);
  expect((await sql.select(`SELECT count(*) FROM ${list}`)).rows).toEqual([[2]]);
  await sql.close();
});

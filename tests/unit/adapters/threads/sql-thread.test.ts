import { expect, it } from "vitest";
import { sqlThread, sqlThreadWith } from "../../../../lib/adapters/threads/sql-thread.ts";

const ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
const ANSWER = "SELECT 42 AS answer";

it("ends a check that takes longer than the checks may together, and runs none after it", async () => {
  const sql = sqlThreadWith(0.5);
  await expect(sql.select(ENDLESS)).rejects.toThrow("The checks of a dataset may take 0.5 s together; this one was ended");
  await expect(sql.select(ANSWER)).rejects.toThrow("It was not run, as another check was ended before it");
  await sql.close();
});

it("goes on after a check that is refused", async () => {
  const sql = sqlThread();
  await expect(sql.select("SELECT missing FROM nowhere")).rejects.toThrow("nowhere");
  expect((await sql.select(ANSWER)).rows).toEqual([[42]]);
  await sql.close();
});

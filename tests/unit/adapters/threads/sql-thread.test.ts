import { expect, it } from "vitest";
import { sqlThread, sqlThreadWith } from "../../../../lib/adapters/threads/sql-thread.ts";

const ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
const ANSWER = "SELECT 42 AS answer";

it("ends a check that takes longer than the checks may together, and runs none after it", async () => {
  const sql = sqlThreadWith(0.5);
  await expect(sql.select(ENDLESS)).rejects.toThrow(
    "The SQL checks took too long; this one was ended (maximum 0.5 s for all checks of a dataset)",
  );
  await expect(sql.select(ANSWER)).rejects.toThrow("Not run, because an earlier check was ended");
  await sql.close();
});

it("goes on after a check that is refused", async () => {
  const sql = sqlThread();
  await expect(sql.select("SELECT missing FROM nowhere")).rejects.toThrow("nowhere");
  expect((await sql.select(ANSWER)).rows).toEqual([[42]]);
  await sql.close();
});

import { describe, expect, it } from "vitest";
import { sqlThreadWith } from "../../../lib/adapters/threads/sql-thread.ts";
import { fileProblem } from "../../../lib/diagnostics/problem.ts";
import type { RunningSql } from "../../../lib/ports/ports.ts";
import type { Runtime } from "../../../lib/ports/runtime.ts";
import { publishDataset } from "../../../lib/publish/publish-dataset.ts";
import { publishEachDataset } from "../../../lib/publish/publish-each-dataset.ts";
import type { Published } from "../../../lib/publish/publish-job.ts";
import { rethrowUndecided, UndecidedError, withoutUndecided } from "../../../lib/publish/undecided-error.ts";
import { publishedDatasetNames } from "../../../lib/render/published-dataset-names.ts";
import { restoreReleases } from "../../../lib/verify/restore-releases.ts";
import { Branch, type Made, publish, publishing, versions, world } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

const SCHEMA = {
  type: "object",
  properties: {
    t: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: { type: "string" } } } },
  },
};
const CHECK = "-- table: t\nSELECT id, 'x' AS message FROM t WHERE 0";
const ENDLESS = `-- table: t
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
SELECT id, 'x' AS message FROM t, (SELECT count(*) AS c FROM n) WHERE c < 0`;
const made = (ids: string[], checks: Record<string, string> = {}): Made => ({
  records: {},
  files: { "schema.json": JSON.stringify(SCHEMA), "t.json": JSON.stringify(ids.map((id) => ({ id }))), ...checks },
});

/** Every check of a dataset runs out of time. */
function startSlowSql(): RunningSql {
  const sql = sqlThreadWith(0.05);
  return {
    create: (tables) => sql.create(tables),
    insert: (table, rows) => sql.insert(table, rows),
    select: () => sql.select(ENDLESS),
    selectAll: (text, maxRows) => sql.selectAll(text, maxRows),
    close: () => sql.close(),
  };
}
const SLOW_MACHINE: Runtime = { ...RUNTIME, startSql: startSlowSql };

describe("a commit whose check ran out of time", () => {
  it.each([true, false])(
    "has no verdict: nothing after it is released, and the next run tries again (planFirst: %s)",
    async (planFirst) => {
      const w = world();
      const history = new Branch().push(made(["a"]));
      await publish({ history, ...w, planFirst });
      history.push(made(["a", "b"], { "checks/rule.sql": CHECK }), made(["a", "b", "c"]));
      const slow = publish({ history, ...w, planFirst, runtime: SLOW_MACHINE });
      await expect(slow).rejects.toThrow(UndecidedError);
      await expect(slow).rejects.toThrow(/^Commit 0{10} could not be checked.* checks\/rule\.sql: The SQL checks took too long.*Run again/);
      expect(versions(w)).toEqual(["1.0.0"]);
      await publish({ history, ...w, planFirst });
      expect(versions(w)).toEqual(["1.2.0", "1.1.0", "1.0.0"]);
    },
  );

  it("does not prevent earlier releases from getting their pages", async () => {
    const w = world();
    const history = new Branch().push(made(["a"]), made(["a", "b"], { "checks/rule.sql": CHECK }));
    const slow = (): Promise<Published> => publish({ history, ...w, runtime: SLOW_MACHINE });
    const failed: string[] = [];
    const { published, failures } = await publishEachDataset(w.store, ["d"], {
      publish: slow,
      logFailure: (name) => void failed.push(name),
    });
    expect([failed, failures.get("d")]).toEqual([["d"], expect.any(UndecidedError)]);
    expect(published.get("d")).toMatchObject({ released: [{ version: "1.0.0" }], more: false });
    expect(await publishedDatasetNames(w.store)).toEqual(["d"]);
    expect([versions(w), w.entries.get("d/latest")]).toEqual([["1.0.0"], "1.0.0"]);
  });

  it("does not prevent later releases by an earlier version from being restored", async () => {
    const w = world();
    const history = new Branch().push(made(["a"]), made(["a", "b"], { "checks/rule.sql": CHECK }), made(["a", "c"]));
    await publishDataset({ ...publishing({ history, ...w, runtime: SLOW_MACHINE }), passesUndecided: () => true });
    const whole = new Map(w.objects);
    expect(versions(w)).toHaveLength(2);
    for (const key of w.objects.keys()) if (/^d\/\d/.test(key)) w.objects.delete(key);
    const runtime = { ...SLOW_MACHINE, generator: "1" };
    expect(await restoreReleases({ dataset: "d", store: w.store }, { history, runtime })).toEqual({ restored: 2, whole: 0 });
    for (const [key, bytes] of whole) if (/^d\/\d/.test(key)) expect(w.objects.get(key)).toEqual(bytes);
  });

  it("is refused if it has other problems", async () => {
    const w = world();
    const wrong = "-- table: t\nSELECT id, 'Wrong' AS message FROM t";
    const history = new Branch().push(made(["a"], { "checks/a.sql": wrong, "checks/b.sql": ENDLESS }));
    const { refused } = await publish({ history, ...w, runtime: { ...RUNTIME, startSql: () => sqlThreadWith(1) } });
    expect(refused?.problems.map(({ message }) => message)).toEqual(["Wrong"]);
  });
});

describe("an error while a commit is checked", () => {
  it.each([new TypeError("x is undefined"), new RangeError("x is undefined"), new SyntaxError("x is undefined")])(
    "is no verdict if it is an internal error: %s",
    (error) => {
      expect(() => rethrowUndecided("a".repeat(40))(error)).toThrow(/^Commit a{10} could not be checked.*Internal error: x is undefined/);
    },
  );

  it.each([new Error("no network"), new TypeError("fetch failed", { cause: new Error("reset") }), "text"])(
    "otherwise stops the run unchanged: %s",
    (error) => {
      expect(() => rethrowUndecided(null)(error)).toThrow(error as Error);
    },
  );

  it("is not among the problems of a commit", () => {
    const real = fileProblem("t.json", "Wrong");
    expect(withoutUndecided(null, [{ ...real, couldNotTell: true }, real])).toEqual([real]);
    expect(withoutUndecided(null, [])).toEqual([]);
    expect(() => withoutUndecided(null, [{ ...real, couldNotTell: true }])).toThrow(/^The dataset could not be checked.*t\.json: Wrong\./);
  });
});

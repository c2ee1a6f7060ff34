import { describe, expect, it } from "vitest";
import { CheckedBatch } from "../../../lib/check/checked-batch.ts";
import { declaredRelease } from "../../../lib/check/declared-release.ts";
import { describesDataset } from "../../../lib/check/describes-dataset.ts";
import { endSentence } from "../../../lib/check/end-sentence.ts";
import { findEnd } from "../../../lib/check/find-end.ts";
import { isEndAnnounced } from "../../../lib/check/is-end-announced.ts";
import { problemOfSql } from "../../../lib/check/problem-of-sql.ts";
import { unannouncedEnd } from "../../../lib/check/unannounced-end.ts";
import { viewRecords } from "../../../lib/check/view-records.ts";
import type { View } from "../../../lib/dataset/view.ts";
import { emptyBatchResult } from "../../../lib/engine/batch-result.ts";
import { MissingCommitError } from "../../../lib/ports/missing-commit-error.ts";
import type { Source } from "../../../lib/ports/ports.ts";
import { SqlError, SqlLimitError } from "../../../lib/ports/sql-error.ts";
import { planTable, type Schema } from "../../../lib/schema/table-plan.ts";
import { memorySource } from "../../memory-source.ts";

const text: Schema = { type: "string" };
const SCHEMA = {
  type: "object",
  properties: { t: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: text } } } },
};
const metadata = (name: string, release?: object): object => ({
  ...{ name, title: "D", description: "d", licenses: [{ name: "CC0-1.0" }] },
  ...(release ? { release } : {}),
});
const dataset = (name: string, release?: object): Source =>
  memorySource({ "dataset.json": metadata(name, release), "schema.json": SCHEMA, "t.json": "[]" });

describe("CheckedBatch", () => {
  const at = (line: number, column: number, message: string) => ({ line, column, message });
  const problems = [at(1, 2, "a"), at(3, 4, "b"), at(1, 2, "c")];
  const checked = () => new CheckedBatch("t.json", {} as never, { ...emptyBatchResult(), problems });

  it("has the problems of a place together, in the order of places", () => {
    expect(checked().problems.map(({ message }) => message)).toEqual(["a", "c", "b"]);
  });

  it("knows which places have a problem, and deletes those of a place", () => {
    const batch = checked();
    expect([batch.hasProblemAt({ line: 1, column: 2 }), batch.hasProblemAt({ line: 3, column: 4 })]).toEqual([true, true]);
    expect([batch.hasProblemAt({ line: 2, column: 1 }), batch.hasProblemAt({ line: 12, column: 0 })]).toEqual([false, false]);
    batch.deleteProblemsAt({ line: 1, column: 2 });
    expect(batch.problems.map(({ message }) => message)).toEqual(["b"]);
    expect(batch.hasProblemAt({ line: 1, column: 2 })).toBe(false);
  });
});

describe("declaredRelease", () => {
  it("is the block of dataset.json", async () => {
    expect(await declaredRelease(dataset("d", { version: "1.0.0" }))).toEqual({ version: "1.0.0" });
    expect(await declaredRelease(dataset("d"))).toEqual({});
  });

  it("is empty if the file is missing, too large, or has problems", async () => {
    expect(await declaredRelease(memorySource({}))).toEqual({});
    expect(await declaredRelease(memorySource({ "dataset.json": "{" }))).toEqual({});
    expect(await declaredRelease(memorySource({ "dataset.json": { ...metadata("d", { version: "1.0.0" }), licenses: 1 } }))).toEqual({});
    const large = memorySource({ "dataset.json": metadata("d", { version: "1.0.0" }) });
    expect(await declaredRelease({ ...large, list: async () => [{ path: "dataset.json", bytes: 1e9 }] })).toEqual({});
  });
});

describe("describesDataset", () => {
  it("is true of what is read whole", () => {
    expect(["dataset.json", "schema.json", "LICENSE", "checks/a.sql", "views/a.sql", "views/a.json"].map(describesDataset)).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(["t.json", "t/a.json", "README.md", "checks/a.txt", "x/dataset.json"].some(describesDataset)).toBe(false);
  });
});

describe("the end of a dataset", () => {
  const present = (...others: [string, Source][]) => new Map(others);
  const gone: Source = {
    list: () => Promise.reject(new MissingCommitError("x")),
    // biome-ignore lint/correctness/useYield: It fails before.
    async *read() {
      throw new Error("It lists before it reads");
    },
  };

  it("is found in its last state, or in the dataset that continues it", async () => {
    expect(await findEnd("d", dataset("d", { version: "1.0.0", ended: "Merged" }), present())).toStrictEqual({ reason: "Merged" });
    expect(await findEnd("d", dataset("d", { version: "1.0.0" }), present())).toStrictEqual({});
    expect(await findEnd("d", dataset("d"), present())).toStrictEqual({ isDraft: true });
    expect(await findEnd("d", dataset("d", { ended: "Merged" }), present())).toStrictEqual({ reason: "Merged", isDraft: true });
    const others = present(["gone", gone], ["other", dataset("other", { continues: "x" })], ["e", dataset("e", { continues: "d" })]);
    expect(await findEnd("d", dataset("d", { version: "1.0.0" }), others)).toStrictEqual({ continuedAs: "e" });
    expect(await findEnd("d", memorySource({ "dataset.json": "{" }), present())).toStrictEqual({});
  });

  it("fails when another dataset cannot be read", async () => {
    const broken = { ...gone, list: () => Promise.reject(new Error("reset")) };
    await expect(findEnd("d", dataset("d"), present(["e", broken]))).rejects.toThrow("reset");
  });

  it("is announced by a reason, a successor, or because nothing was released", () => {
    expect([{ reason: "x" }, { continuedAs: "e" }, { isDraft: true as const }].map(isEndAnnounced)).toEqual([true, true, true]);
    expect(isEndAnnounced({})).toBe(false);
  });

  it("is a sentence", () => {
    expect(endSentence({ continuedAs: "e", reason: "x" })).toBe("continues as e. Its releases stay published, and its page links to it.");
    expect(endSentence({ isDraft: true, reason: "x" })).toBe("was deleted. It had no release.");
    expect(endSentence({ reason: "The agency closed" })).toBe(
      "ends: The agency closed. Its releases stay published, and its page shows it.",
    );
    const { message, remedy } = unannouncedEnd("d", "1.0.0");
    expect(message).toBe("was deleted: 1.0.0 has it. Its releases stay published, and its page will show that it ended.");
    expect(remedy).toContain('"continues": "d" in the block "release"');
    expect(remedy).toContain('"ended": "WHY" in the block "release"');
  });
});

describe("problemOfSql", () => {
  it("has the place, and is no verdict if a limit was reached", () => {
    expect(problemOfSql(new SqlError("m", { line: 2, column: 3, remedy: "r" }), "a.sql")).toStrictEqual({
      ...{ file: "a.sql", line: 2, column: 3, message: "m", remedy: "r" },
    });
    expect(problemOfSql(new SqlLimitError("m"), "a.sql")).toStrictEqual({
      file: "a.sql",
      line: 0,
      column: 0,
      message: "m",
      couldNotTell: true,
    });
  });
});

describe("viewRecords", () => {
  const record: Record<string, Schema> = {
    id: text,
    yes: { type: "boolean" },
    n: { type: "number" },
    list: { type: "array", items: text },
    inner: { type: "object" },
  };
  const plan = planTable("v", {
    type: "object",
    properties: { v: { type: "array", primaryKey: ["id"], items: { type: "object", properties: record } } },
  });
  const view = { file: "views/v.sql", name: "v" } as View;
  const columns = Object.keys(record);
  const made = (rows: unknown[][], returned = columns) =>
    viewRecords(view, plan, { columns: returned, rows: rows as never, count: rows.length });
  const problems = (rows: unknown[][], returned = columns) =>
    made(rows, returned).problems.map(({ file, message, remedy }) => {
      expect(file).toBe("views/v.sql");
      return `${message} | ${remedy}`;
    });

  it("are records with columns in the order of the schema", () => {
    const { records, lines, problems } = made(
      [
        ["[1,\n2]", 1, "a", 2.5, '{"x":\r\n1}'],
        [null, 0, "b", null, null],
      ],
      ["list", "yes", "id", "n", "inner"],
    );
    expect(problems).toEqual([]);
    expect(records).toEqual([
      { id: "a", yes: true, n: 2.5, list: [1, 2], inner: { x: 1 } },
      { id: "b", yes: false },
    ]);
    expect(lines).toEqual(['{"id":"a","yes":true,"n":2.5,"list":[1, 2],"inner":{"x":  1}}', '{"id":"b","yes":false}']);
  });

  it("keep values of another type, which the check of records names", () => {
    expect(made([["a", 2, "x", "no list", "{"]]).records).toEqual([{ id: "a", yes: 2, n: "x", list: "no list", inner: "{" }]);
  });

  it("name columns that are missing, unknown, or there twice", () => {
    expect(problems([], ["id", "id", "yes", "n", "list", "inner"])).toEqual([
      'It returns two columns with the name "id" | Rename one with AS.',
    ]);
    expect(problems([], ["id", "yes", "n", "lists", "inner"])).toEqual([
      'It returns the column "lists", which views/v.json does not describe | Did you mean "list"?',
    ]);
    expect(problems([], ["id", "yes", "n", "list"])).toEqual([
      'It does not return the column "inner" of views/v.json | Return it: … AS "inner".',
    ]);
    expect(problems([], [...columns, "zzzzzzz"])).toEqual([
      'It returns the column "zzzzzzz", which views/v.json does not describe | Describe it in views/v.json, or do not return it.',
    ]);
  });

  it("name the first value that no record can hold, and count the others", () => {
    const row = (id: string, n: unknown): unknown[] => [id, 1, n, null, null];
    expect(problems([row("a", 1), row("b", 2n ** 60n + 1n)])).toEqual([
      'Row 2 (id "b"), column "n": Too many digits: 1152921504606846977 would be read as 1152921504606846976 | Return it as text: CAST(… AS TEXT), in a column of type string.',
    ]);
    expect(problems([row("a", new Uint8Array(2)), row("b", new Uint8Array(1)), row("c", new Uint8Array(1))])).toEqual([
      'Row 1 (id "a"), column "n": Expected a value of JSON, found bytes that are no text (and 2 more of this column) | Return text: hex(…) writes bytes as text.',
    ]);
    expect(problems([row("a", Number.POSITIVE_INFINITY)])).toEqual([
      'Row 1 (id "a"), column "n": The number is infinite, which JSON cannot hold | Return a finite number, or NULL for no value.',
    ]);
    expect(made([row("a", Number.POSITIVE_INFINITY)])).toMatchObject({ records: [], lines: [] });
  });
});

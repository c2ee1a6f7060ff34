import { describe, expect, it } from "vitest";
import { loadEncoders } from "../../../lib/adapters/threads/load-encoders.ts";
import { createEngine, type Task } from "../../../lib/engine/engine.ts";
import { KeyBatchBuilder, keyBatchTexts } from "../../../lib/engine/key-batch.ts";
import { createKeyTable } from "../../../lib/engine/key-table.ts";
import { RecordBatches } from "../../../lib/json/record-batches.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const other: Schema = { type: "string", references: "others" };
const SCHEMA: Schema = {
  type: "object",
  properties: {
    t: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id"],
        properties: {
          id: text,
          label: text,
          one: other,
          inside: { type: "object", properties: { one: other } },
          many: { type: "array", items: other },
          parts: { type: "array", items: { type: "object", properties: { of: other, share: { type: "number" } } } },
          number: { type: "integer", references: "numbers" },
        },
      },
    },
    others: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: text, label: text } } },
    numbers: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: { type: "integer" } } } },
  },
};
const plan = planTable("t", SCHEMA);

/** A single batch of records. A string is used unchanged. */
function batchOf(records: object[] | string) {
  const cutter = new RecordBatches();
  const json = typeof records === "string" ? records : `[\n${records.map((record) => JSON.stringify(record)).join(",\n")}\n]\n`;
  const [batch, ...more] = [...cutter.push(Buffer.from(json)), ...cutter.end()];
  if (!batch || more.length > 0) throw new Error("not one batch");
  return batch;
}
const labels = new Map([["others", new Map([["x", "Ex"]])]]);
const ENCODED = ["csv", "json", "ndjson", "sql-rows"];
const encoders = await loadEncoders({ plan, labels, encoders: ENCODED.map((name) => ({ name })) });
const engine = createEngine({ plan, labels }, encoders);
const run = (records: object[] | string, task: Task = "check") => engine.run(batchOf(records), task);

const RECORDS = [
  {
    id: "a",
    label: "A",
    one: "x",
    inside: { one: "y" },
    many: ["z", "w", "x"],
    parts: [{ of: "p" }, { share: 1 }, { of: "q" }],
    number: 7,
  },
  { id: "b", many: [], parts: [], number: 8 },
];

describe("Engine.run", () => {
  it("collects every reference of a record, each once: of values, objects and all items of lists", () => {
    const { references, keys, labels, records, problems } = run(RECORDS);
    expect([...(references.get("others") ?? [])].sort()).toEqual(["p", "q", "w", "x", "y", "z"]);
    expect(references.get("numbers")).toEqual(["7", "8"]);
    expect([keyBatchTexts(keys), labels, records, problems]).toEqual([["a", "b"], [["a", "A"]], 2, []]);
  });

  it("omits references to known keys, but no others", () => {
    const known = new KeyBatchBuilder(plan);
    for (const key of ["x", "w", "q", "\\y"]) known.addText(key);
    const keys = new Map([["others", createKeyTable([known.take()])]]);
    const { references } = createEngine({ plan, labels, keys }, encoders).run(batchOf(RECORDS), "check");
    expect([...(references.get("others") ?? [])].sort()).toEqual(["p", "y", "z"]);
    expect(references.get("numbers")).toEqual(["7", "8"]);
  });

  it("ignores values that do not have the type of the column", () => {
    const { references, problems } = run([{ id: "a", one: 5, many: [null, { x: 1 }, "z"], number: "7" }]);
    expect(references.get("others")).toEqual(["z"]);
    expect(references.get("numbers")).toEqual([]);
    expect(problems).toHaveLength(4);
  });

  it("reads only keys and labels for an index", () => {
    const found = run(RECORDS, "index");
    expect([keyBatchTexts(found.keys), found.labels, found.records, found.unreadable]).toEqual([["a", "b"], [["a", "A"]], 2, 0]);
    expect([found.references.size, found.parts.length]).toEqual([0, 0]);
  });

  it("reads no label of a record without a key", () => {
    const found = run([{ label: "none" }, { id: null, label: "null" }, { id: "a", label: "A" }], "index");
    expect([keyBatchTexts(found.keys), found.labels]).toEqual([["a"], [["a", "A"]]]);
  });

  it("runs each encoder, unless it only checks or finds problems", () => {
    const { parts } = run([{ id: "a", one: "x" }], "encode");
    const text = (encoder: string, table: string): string =>
      Buffer.concat(parts.filter((part) => part.encoder === encoder && part.table === table).flatMap(({ chunks }) => chunks)).toString();
    expect(parts.map(({ encoder, table, rows }) => `${encoder} ${table} ${rows}`)).toEqual([
      ...["csv t 1", "csv t_many 0", "csv t_parts 0"],
      ...["json t 1", "ndjson t 1"],
      ...["sql-rows t 1", "sql-rows t_many 0", "sql-rows t_parts 0"],
    ]);
    expect(text("ndjson", "t")).toBe('{"id":"a","one":"x"}\n');
    expect(text("csv", "t")).toBe("a,,x,Ex,,,,,,,,\r\n");
    expect(text("sql-rows", "t_many")).toBe("[]");
    expect(run(RECORDS, "encode").parts.find(({ table }) => table === "t_parts")?.rows).toBe(3);
    expect(run(RECORDS, "check").parts).toEqual([]);
    expect(run([{ id: 1 }], "encode").parts).toEqual([]);
  });

  it("finds problems that JSON.parse ignores", () => {
    const messages = (json: string): string[] => run(`[${json}]`).problems.map(({ message }) => message);
    expect(messages('{"id":"a","id":"b"}')).toHaveLength(1);
    expect(messages('{"id":"a","parts":[{"share":1234567890123456789}]}')).toHaveLength(1);
    expect(messages('{"id":"a","parts":[{"share":1.50}]}')).toEqual([]);
    expect(messages('{"id":"\\ud800"}')).toHaveLength(1);
    expect(messages('{"id":"\\u0000"}')).toHaveLength(1);
    expect(messages('{"id":"L\\u0092"}')).toHaveLength(1);
    expect(messages('{"id":"a","label":"tab\\t"}')).toEqual([]);
  });

  it("warns of text that only looks damaged, and publishes it", () => {
    const { warnings, problems, parts } = run([{ id: "a", label: "cafÃ©" }], "encode");
    expect(warnings.map(({ line, field }) => [line, field])).toEqual([[2, "label"]]);
    expect([problems, parts.length]).toEqual([[], 8]);
    expect(run([{ id: "a", label: "São João" }], "encode").warnings).toEqual([]);
  });

  it("names the line of an invalid UTF-8 byte", () => {
    const batch = batchOf(RECORDS);
    batch.bytes = Buffer.from(batch.bytes);
    batch.bytes[batch.bytes.indexOf(0x0a) + 8] = 0xff;
    const { problems, unreadable, keys } = engine.run(batch, "check");
    expect([problems.length, problems[0]?.line, unreadable, keys.count]).toEqual([1, 3, 1, 0]);
  });

  it("counts unreadable records, and reads the others", () => {
    const { unreadable, keys, problems } = run('[\n{"id":"a"},\n{"id" "b"},\n{"id":"c"}\n]');
    expect([unreadable, keyBatchTexts(keys), problems.map(({ line }) => line)]).toEqual([1, ["a", "c"], [3]]);
    const indexed = run('[\n{"id":"a"},\n{"id" "b"},\n{"id":"c"}\n]', "index");
    expect([indexed.unreadable, keyBatchTexts(indexed.keys), indexed.records, indexed.problems]).toEqual([1, ["a", "c"], 2, []]);
  });

  it("accepts only objects as records", () => {
    const text = '[5,null,"x",["y"],{"id":"a"}]';
    const indexed = run(text, "index");
    expect([keyBatchTexts(indexed.keys), indexed.records]).toEqual([["a"], 1]);
    const { keys, records, unreadable, problems } = run(text);
    expect([keyBatchTexts(keys), records, unreadable, problems.length]).toEqual([["a"], 1, 4, 1]);
  });

  it("omits invalid keys", () => {
    expect(keyBatchTexts(run([{ id: null }, { id: ["x"] }, { id: "b" }]).keys)).toEqual(["b"]);
  });
});

describe("Engine.find", () => {
  const batch = batchOf(RECORDS);
  it("finds records by key", () => {
    expect(engine.find(batch, { keys: new Set(["b", "c"]) }).map(({ key, line, column, field }) => [key, line, column, field])).toEqual([
      ["b", 3, 7, "id"],
    ]);
  });

  it("finds each place of a reference", () => {
    const found = engine.find(batch, { table: "others", keys: new Set(["x", "q", "y"]) });
    expect(found.map(({ key, field }) => [key, field])).toEqual([
      ["x", "one"],
      ["y", "inside.one"],
      ["x", "many[2]"],
      ["q", "parts[2].of"],
    ]);
    expect(engine.find(batch, { table: "numbers", keys: new Set(["8"]) }).map(({ line }) => line)).toEqual([3]);
    expect(engine.find(batch, { table: "others", keys: new Set(["8"]) })).toEqual([]);
  });
});

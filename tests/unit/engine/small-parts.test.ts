import { describe, expect, it } from "vitest";
import { FIRST_LAYOUT, LAYOUT } from "../../../lib/contract/layout.ts";
import { emptyBatchResult } from "../../../lib/engine/batch-result.ts";
import { checkEachRecord } from "../../../lib/engine/check-each-record.ts";
import { ByteMap } from "../../../lib/engine/fast/byte-map.ts";
import { ByteWriter } from "../../../lib/engine/fast/byte-writer.ts";
import { isSurprising } from "../../../lib/engine/fast/is-surprising.ts";
import { recordWith } from "../../../lib/engine/fast/record-with.ts";
import { TableRows } from "../../../lib/engine/fast/table-rows.ts";
import { findKeyLines } from "../../../lib/engine/find-key-lines.ts";
import { findRecords } from "../../../lib/engine/find-records.ts";
import { isCanonicalBatch } from "../../../lib/engine/is-canonical-batch.ts";
import { isKeyValue } from "../../../lib/engine/is-key-value.ts";
import { notUtf8Problem } from "../../../lib/engine/not-utf8-problem.ts";
import { recordReferenceColumns, recordReferencePath, recordReferences } from "../../../lib/engine/record-references.ts";
import { recordTexts } from "../../../lib/engine/record-texts.ts";
import { spacedKeyValue } from "../../../lib/engine/spaced-key-value.ts";
import { withoutKnown } from "../../../lib/engine/without-known.ts";
import type { Batch } from "../../../lib/json/record-batches.ts";
import { compileRecord } from "../../../lib/schema/compile-record.ts";
import { planTable, type Schema, type TablePlan } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const RECORD: Schema = {
  type: "object",
  required: ["id"],
  properties: {
    id: text,
    n: { type: "integer" },
    river: { ...text, references: "rivers" },
    number: { type: "integer", references: "numbers" },
    all: { type: "array", items: { ...text, references: "rivers" } },
    parts: { type: "array", items: { type: "object", properties: { of: { ...text, references: "rivers" }, note: text } } },
  },
};
const planOf = (primaryKey = ["id"]): TablePlan =>
  planTable("t", { type: "object", properties: { t: { type: "array", primaryKey, items: RECORD } } });
const plan = planOf();
const batchOf = (bytes: string | Uint8Array, more: Partial<Batch> = {}): Batch =>
  ({ bytes: Buffer.from(bytes as Uint8Array), line: 1, column: 1, minifiedBytes: 0, mayPrintDifferently: false, ...more }) as Batch;

describe("recordTexts", () => {
  it.each<[string, [number, string][]]>([
    ['{"a":1}', [[0, '{"a":1}']]],
    [
      '{"a":1},\n {"b":[1,2]}',
      [
        [0, '{"a":1}'],
        [10, '{"b":[1,2]}'],
      ],
    ],
    [
      '{"a":"},{"},{"b":"\\"},"}',
      [
        [0, '{"a":"},{"}'],
        [12, '{"b":"\\"},"}'],
      ],
    ],
    ["", [[0, ""]]],
    [
      "1,2",
      [
        [0, "1"],
        [2, "2"],
      ],
    ],
    ['{"a":"open},{"b":1}', [[0, '{"a":"open},{"b":1}']]],
    ['{"a":"open', [[0, '{"a":"open']]],
  ])("of %j", (whole, parts) => {
    expect(recordTexts(whole).map(({ offset, text }) => [offset, text])).toEqual(parts);
  });
});

describe("the places of records", () => {
  const bytes = '{"id":"a",\n"river":"rhine"},\n{"n":1,\n"id":"b","all":["elbe","rhine"],"parts":[{"of":"rhine"}]},\n7';
  const at = { line: 10, column: 3 };

  it("are the lines of their keys", () => {
    expect(findKeyLines(plan, batchOf(bytes, at), bytes)).toEqual([10, 13, 14]);
  });

  it("are found by key", () => {
    expect(findRecords(plan, batchOf(bytes, at), { keys: new Set(["b", "z"]) })).toEqual([
      { line: 13, column: 6, field: "id", message: "", key: "b" },
    ]);
    expect(findRecords(plan, batchOf(bytes, at), { keys: new Set(["a"]) })).toMatchObject([{ line: 10, column: 9 }]);
    expect(findRecords(plan, batchOf("{"), { keys: new Set(["a"]) })).toEqual([]);
  });

  it("are found by a reference, each with its place", () => {
    const found = findRecords(plan, batchOf(bytes, at), { table: "rivers", keys: new Set(["rhine"]) });
    expect(found.map(({ line, field, key }) => [line, field, key])).toEqual([
      [11, "river", "rhine"],
      [13, "all[1]", "rhine"],
      [13, "parts[0].of", "rhine"],
    ]);
    expect(findRecords(plan, batchOf(bytes), { table: "numbers", keys: new Set(["rhine"]) })).toEqual([]);
  });
});

describe("references of records", () => {
  const columns = recordReferenceColumns(plan);
  const of = (path: string, record: object) => {
    const column = columns.find((one) => one.path.join(".") === path);
    if (!column) throw new Error(`There is no column ${path}`);
    return recordReferences(record as never, column).map((reference) => [reference.key, recordReferencePath(column, reference).join(".")]);
  };

  it("are in the columns that refer to a table", () => {
    expect(columns.map(({ path, references }) => [path.join("."), references])).toEqual([
      ["river", "rivers"],
      ["number", "numbers"],
      ["all", "rivers"],
      ["parts", "rivers"],
    ]);
  });

  it("are values of the type of their column, with their paths", () => {
    expect(of("river", { river: "rhine" })).toEqual([["rhine", "river"]]);
    expect(of("number", { number: 7 })).toEqual([["7", "number"]]);
    expect(of("all", { all: ["a", 1, null, "b"] })).toEqual([
      ["a", "all.0"],
      ["b", "all.3"],
    ]);
    expect(of("parts", { parts: [{ of: "a" }, {}, { of: null }] })).toEqual([["a", "parts.0.of"]]);
  });

  it.each([
    ["river", { river: 1 }],
    ["river", { river: null }],
    ["river", {}],
    ["number", { number: "7" }],
    ["all", { all: "a" }],
    ["all", {}],
  ])("are none in %s of %j", (path, record) => {
    expect(of(path, record)).toEqual([]);
  });
});

describe("keys", () => {
  it("are texts, numbers and booleans", () => {
    expect(["a", "", 0, 1.5, false].every((value) => isKeyValue(value))).toBe(true);
    expect([undefined, null, {}, []].some((value) => isKeyValue(value as never))).toBe(false);
  });

  it("should have no space around them", () => {
    expect([" a", "a ", "\ta", "a\u00a0"].map((key) => spacedKeyValue(plan, key))).toEqual([" a", "a ", "\ta", "a\u00a0"]);
    expect(["a", "a b", ""].map((key) => spacedKeyValue(plan, key))).toEqual([undefined, undefined, undefined]);
  });

  it("are all unknown without a table of keys", () => {
    expect(withoutKnown(["a", "b"], undefined)).toEqual(["a", "b"]);
  });
});

describe("notUtf8Problem", () => {
  const bad = (bytes: Buffer, more: Partial<Batch> = {}) => {
    const { line, column, message } = notUtf8Problem(batchOf(bytes, more));
    expect(message).toContain("UTF-8");
    return [line, column];
  };

  it("is at the first byte that is not UTF-8", () => {
    for (let at = 0; at < 20; at += 1) {
      const bytes = Buffer.from("é".repeat(10));
      // A continuation byte without a start, or a start without its continuation.
      bytes[at] = 0xff;
      expect(bad(bytes)).toEqual([1, (at & ~1) + 1]);
    }
    expect(bad(Buffer.concat([Buffer.from("abc\nde"), Buffer.from([0xff]), Buffer.from("x".repeat(40))]))).toEqual([2, 3]);
    expect(bad(Buffer.from([0x61, 0xc3]), { line: 5, column: 9 })).toEqual([5, 10]);
  });
});

describe("checkEachRecord", () => {
  const validate = compileRecord(RECORD);
  const checked = (whole: string, more: object = {}) =>
    checkEachRecord(batchOf(whole, { line: 3, column: 2 }), whole, { layout: LAYOUT, validate, findLarge: () => [], ...more });

  it("returns the records that it can read", () => {
    expect(checked('{"id":"a"},\n{"id":"b","n":1}')).toEqual({
      ...{ problems: [], warnings: [], unreadable: 0, stopped: false },
      records: [{ id: "a" }, { id: "b", n: 1 }],
    });
  });

  it("places the problems of each record", () => {
    const { problems, records, unreadable } = checked('{"id":1},\n{"id":"b","n":"x"},\n7');
    expect(problems.map(({ line, column, field }) => [line, column, field])).toEqual([
      [3, 8, "id"],
      [4, 15, "n"],
      [5, 1, undefined],
    ]);
    expect([records.length, unreadable]).toEqual([2, 1]);
  });

  it("reports the first mistake of syntax, and not what follows it", () => {
    const { problems, unreadable } = checked('{"id":"a" "n":1},\n{"id":"b"}');
    expect(problems).toHaveLength(1);
    expect(unreadable).toBe(1);
    expect(checked('{"id":"a"},\n{"id":"b"}},\n"n":1,"m":2').problems).toHaveLength(1);
  });

  it("separates warnings from problems", () => {
    const { problems, warnings } = checked('{"id":"MÃ¼nchen"},{"id":"a\\ufffd"}');
    expect(problems.map(({ field }) => field)).toEqual(["id"]);
    expect(warnings.map(({ column, field }) => [column, field])).toEqual([[8, "id"]]);
    expect(checked('{"id":"MÃ¼nchen"}', { layout: FIRST_LAYOUT }).warnings).toEqual([]);
  });

  it("reports numbers that a format cannot store, if there is nothing else", () => {
    const findLarge = () => [{ path: ["n"], message: "too large" }];
    expect(checked('{"id":"a","n":5}', { findLarge }).problems).toMatchObject([{ field: "n", message: "too large" }]);
    expect(checked('{"id":"a","n":"x"}', { findLarge }).problems).toHaveLength(1);
    expect(checked('{"id":"a","n":1,"n":2}', { findLarge }).problems).toHaveLength(1);
    expect(checked('{"id":"a","n":1,"n":2}', { findLarge }).problems[0]?.message).not.toBe("too large");
  });
});

describe("isCanonicalBatch", () => {
  const canonical = (whole: string, lines: string[], more: Partial<Batch> = {}, layout = LAYOUT): boolean =>
    isCanonicalBatch(batchOf(whole, { minifiedBytes: lines.join("").length, ...more }), whole, lines, layout);

  it("is true if the records are written as they are", () => {
    expect(canonical('{"a":1}', ['{"a":1}'])).toBe(true);
    expect(canonical('{"a":1}', ['{"a":1}'], { minifiedBytes: 8 })).toBe(false);
    expect(canonical('{"a":1}', ['{"a":1}'], { mayPrintDifferently: true })).toBe(false);
    expect(isCanonicalBatch(batchOf('{"a":"é"}', { minifiedBytes: 10 }), '{"a":"é"}', ['{"a":"é"}'], LAYOUT)).toBe(true);
  });

  it("is false if something may be hidden in the text", () => {
    for (const whole of ['{"a":"\\ud800"}', '{"a":"\\uDC00"}', '{"a":"\\u0000"}', '{"a":"a\\ufffd"}'])
      expect(canonical(whole, [whole]), whole).toBe(false);
    expect(canonical('{"a":"a\\ufffd"}', ['{"a":"a\\ufffd"}'], {}, FIRST_LAYOUT)).toBe(true);
  });
});

describe("isSurprising", () => {
  const surprising = (json: string, layout = LAYOUT): boolean => {
    const bytes = Buffer.from(`x${json}x`);
    return isSurprising(bytes, 2, bytes.length - 2, layout);
  };
  it("is true of forbidden characters, and of damage from layout 2 on", () => {
    expect([surprising('"plain é"'), surprising('""')]).toEqual([false, false]);
    expect([surprising('"a\\u0000"'), surprising('"a\\u0000"', FIRST_LAYOUT)]).toEqual([true, true]);
    expect([surprising('"a\\ufffd"'), surprising('"a\\ufffd"', FIRST_LAYOUT)]).toEqual([true, false]);
  });
});

describe("recordWith", () => {
  it("has nothing but a value at a path", () => {
    expect(recordWith(["a", "b"], 1)).toEqual({ a: { b: 1 } });
    expect(recordWith(["a"], [1])).toEqual({ a: [1] });
  });
});

describe("emptyBatchResult", () => {
  it("has nothing, and is made again each time", () => {
    const result = emptyBatchResult();
    expect(result).toMatchObject({
      records: 0,
      unreadable: 0,
      stopped: false,
      problems: [],
      warnings: [],
      labels: [],
      parts: [],
      lines: [],
    });
    expect(result.references.size).toBe(0);
    result.problems.push({ line: 1, column: 1, message: "m" });
    expect(emptyBatchResult().problems).toEqual([]);
  });
});

describe("ByteWriter", () => {
  it("grows, and returns a copy of what was written", () => {
    const writer = new ByteWriter(2);
    writer.byte(0x61);
    writer.copy(Buffer.from("xbcx"), 1, 3);
    writer.text("dé€");
    const long = Buffer.from("0123456789".repeat(20));
    writer.copy(long, 3, 100);
    writer.copy(long, 0, 96);
    writer.copy(long, 5, 5);
    const expected = `abcdé€${long.subarray(3, 100)}${long.subarray(0, 96)}`;
    const taken = writer.take();
    expect(Buffer.from(taken).toString()).toBe(expected);
    expect(writer.length).toBe(0);
    writer.text("z");
    expect(Buffer.from(taken).toString()).toBe(expected);
    expect(Buffer.from(writer.take()).toString()).toBe("z");
  });

  it("reserves no more than it needs if there is room", () => {
    const writer = new ByteWriter(8);
    const { bytes } = writer;
    writer.reserve(8);
    expect(writer.bytes).toBe(bytes);
    writer.reserve(9);
    expect(writer.bytes.length).toBe(16);
    writer.reserve(100);
    expect(writer.bytes.length).toBe(100);
  });
});

describe("ByteMap", () => {
  const add = (map: ByteMap, word: string): number => map.add(Buffer.from(`<${word}>`), 1, 1 + Buffer.byteLength(word));
  const find = (map: ByteMap, word: string): number => map.find(Buffer.from(`<${word}>`), 1, 1 + Buffer.byteLength(word));

  it("numbers texts in the order in which they come", () => {
    const map = new ByteMap();
    expect([add(map, "a"), add(map, "b"), add(map, "a"), add(map, ""), add(map, "ab")]).toEqual([0, 1, 0, 2, 3]);
    expect([find(map, "b"), find(map, ""), find(map, "c"), find(map, "ba")]).toEqual([1, 2, -1, -1]);
    expect([map.size, map.text(1), map.text(2), map.text(3)]).toEqual([4, "b", "", "ab"]);
  });

  it("holds many texts, and none after it was cleared", () => {
    const map = new ByteMap();
    const words = Array.from({ length: 3_000 }, (_, i) => `word ${i} é`);
    expect(words.map((word) => add(map, word))).toEqual(words.map((_, i) => i));
    expect(words.map((word) => find(map, word))).toEqual(words.map((_, i) => i));
    expect(words.map((_, i) => map.text(i))).toEqual(words);
    expect([map.size, find(map, "word 3000 é")]).toEqual([3_000, -1]);
    map.clear();
    expect([map.size, find(map, "word 1 é"), add(map, "word 7 é"), map.text(0)]).toEqual([0, -1, 0, "word 7 é"]);
  });
});

describe("TableRows", () => {
  it("returns what was written since, and counts from 0 again", () => {
    const rows = new TableRows("t");
    expect(rows.take()).toEqual({ table: "t", rows: 0, chunks: [] });
    rows.rows = 2;
    rows.out.text("ab");
    const { chunks, ...rest } = rows.take();
    expect([rest, chunks.map((chunk) => Buffer.from(chunk).toString())]).toEqual([{ table: "t", rows: 2 }, ["ab"]]);
    rows.rows = 1;
    rows.out.text("c");
    rows.clear();
    expect(rows.take()).toEqual({ table: "t", rows: 0, chunks: [] });
  });
});

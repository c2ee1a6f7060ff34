import { describe, expect, it } from "vitest";
import { recordKey } from "../../../lib/contract/record-key.ts";
import { ColumnSlots } from "../../../lib/engine/fast/column-slots.ts";
import { KernelKeys } from "../../../lib/engine/fast/kernel-keys.ts";
import { PropertyNames } from "../../../lib/engine/fast/property-names.ts";
import { RecordReader } from "../../../lib/engine/fast/record-reader.ts";
import { RecordTape } from "../../../lib/engine/fast/record-tape.ts";
import { KeyBatchBuilder, keyBatchText, keyBatchTexts } from "../../../lib/engine/key-batch.ts";
import { createKeyTable, findInKeyTable, keysInTable } from "../../../lib/engine/key-table.ts";
import { writeFingerprint } from "../../../lib/engine/write-fingerprint.ts";
import type { JsonRecord } from "../../../lib/formats/value.ts";
import { Kernel } from "../../../lib/kernel/kernel.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable, type TablePlan } from "../../../lib/schema/table-plan.ts";

const planOf = (properties: Record<string, Schema>, layout?: number) =>
  planTable(
    "t",
    {
      type: "object",
      properties: { t: { type: "array", primaryKey: Object.keys(properties), items: { type: "object", properties } } },
    } as Schema,
    layout,
  );
const TEXT = planOf({ id: { type: "string" } });
const PAIR = planOf({ a: { type: "string" }, b: { type: "string" } });
const KEYS = ["a", "Zürich", "", "北京", "x".repeat(40_000), "b-1"];

/** Collects the keys of records with and without the kernel; `left`: the keys that the kernel leaves to JavaScript. */
function collectKeys(plan: TablePlan, records: readonly JsonRecord[]) {
  const kernel = new Kernel();
  const tape = new RecordTape(kernel);
  const names = new PropertyNames(kernel);
  const slots = new ColumnSlots(kernel, names);
  const reader = new RecordReader(kernel, { tape, names, layout: 2 });
  const [fromText, fromBytes] = [new KeyBatchBuilder(plan), new KernelKeys(plan, { kernel, slots })];
  const left: string[] = [];
  for (const record of records) {
    const key = recordKey(plan, record);
    fromText.addText(key);
    expect(reader.read(reader.open(Buffer.from(JSON.stringify(record))))).toBeDefined();
    slots.locate(tape);
    if (kernel.code.addTapeKey(slots.address) !== 0) continue;
    fromBytes.addText(key);
    left.push(key);
  }
  return { fromText, fromBytes, left };
}

describe("KeyBatchBuilder", () => {
  it("keeps keys of any length in order, like the kernel", () => {
    const many = [...KEYS, ...Array.from({ length: 3000 }, (_, i) => `key ${i}`)];
    const { fromText, fromBytes, left } = collectKeys(
      TEXT,
      many.map((id) => ({ id })),
    );
    const batch = fromText.take();
    expect(keyBatchTexts(batch)).toEqual(many);
    expect(keyBatchText(batch, 1)).toBe("Zürich");
    expect(many.map((_, number) => fromBytes.text(number))).toEqual(many);
    expect(fromBytes.take()).toEqual(batch);
    expect(left).toEqual(["Zürich", "", "北京"]);
  });

  it("takes keys with capitals and several columns from the kernel, with the same looks", () => {
    const values = ["Ab c", "x", " x", "x ", "a  b", "`", "a@[Z", 'q"', `${"x".repeat(15)}Y`, `${"x".repeat(16)}Z`];
    const pairs = values.flatMap((a) => [7, -0.5, true].map((b) => ({ a, b })));
    for (const [plan, records] of [
      [TEXT, values.map((id) => ({ id }))],
      [PAIR, pairs],
    ] as const) {
      const { fromText, fromBytes, left } = collectKeys(plan, records);
      expect(fromBytes.take()).toEqual(fromText.take());
      expect(left).toHaveLength(records.length / 2);
    }
  });

  it("starts again after clear, and taken parts stay valid", () => {
    const builder = new KeyBatchBuilder(TEXT);
    builder.addText("A");
    builder.addText("");
    const first = builder.take();
    builder.clear();
    builder.addText("b");
    expect(keyBatchTexts(builder.take())).toEqual(["b"]);
    expect([keyBatchTexts(first), first.looks?.length, first.hidden]).toEqual([["A", ""], 4, [1]]);
  });

  it("has appearances only if a key differs from its appearance", () => {
    const looksOf = (keys: string[], plan = TEXT): Uint32Array | undefined => {
      const builder = new KeyBatchBuilder(plan);
      for (const key of keys) builder.addText(key);
      return builder.take().looks;
    };
    expect(looksOf(["a", "b-1", "é"])).toBeUndefined();
    expect(looksOf(["A"], planOf({ id: { type: "string" } }, 1))).toBeUndefined();
    const [small, capital] = [looksOf(["x", "A"]), looksOf(["x", "\u0430"])];
    expect(small).toEqual(capital);
    expect(looksOf(['["x","B"]'], PAIR)).toEqual(looksOf(['["X","b"]'], PAIR));
  });

  it("finds invisible keys", () => {
    const blankOf = (keys: string[], plan = TEXT): number[] => {
      const builder = new KeyBatchBuilder(plan);
      for (const key of keys) builder.addText(key);
      return builder.take().hidden;
    };
    expect(blankOf(["a", "", "\u200b", "b"])).toEqual([1, 2]);
    expect(blankOf(['["",""]', '["","x"]', '["\u200b",""]'], PAIR)).toEqual([0, 2]);
  });
});

describe("a table of keys", () => {
  const batches = [KEYS.slice(0, 2), KEYS.slice(2), ["a"]].map((keys) => {
    const builder = new KeyBatchBuilder(TEXT);
    for (const key of keys) builder.addText(key);
    return builder.take();
  });
  const table = createKeyTable(batches);
  const find = (key: string): number => findInKeyTable(table, Buffer.from(`  ${key}`), 2, 2 + Buffer.byteLength(key));

  it("finds each key by its bytes, and the first of equal keys", () => {
    expect(KEYS.map(find)).toEqual(KEYS.map((_, i) => i));
    expect(keysInTable(table)).toEqual([...KEYS, "a"]);
  });

  it("finds no other key", () => {
    expect(["b", "Zürich ", "x", "x".repeat(39_999)].map(find)).toEqual([-1, -1, -1, -1]);
    expect(findInKeyTable(createKeyTable([]), Buffer.from("a"), 0, 1)).toBe(-1);
  });
});

const KEY_LENGTH = 120;

/**
 * Two texts of ten characters after which the first word of a key's fingerprint is the same, regardless of what follows. `before`: the text
 * before them. Texts that differ in all their characters collide soonest.
 */
function collidingEnds(before: string): [string, string] {
  const seen = new Map<number, string>();
  const words = new Uint32Array(2);
  const bytes = Buffer.from(before.padEnd(KEY_LENGTH));
  for (let i = 0; ; i += 1) {
    const end = (Math.imul(i, 0x9e3779b1) >>> 0).toString(36).padStart(10, "0");
    bytes.write(end, before.length, "latin1");
    writeFingerprint(bytes, 0, bytes.length, words, 0);
    const other = seen.get(words[0] as number);
    if (other !== undefined) return [other, end];
    seen.set(words[0] as number, end);
  }
}

/** 4,096 keys whose fingerprints begin with the same word. */
function collidingKeys(): string[] {
  let keys = [""];
  while ((keys[0] as string).length < KEY_LENGTH) {
    // Keys that collide after one of these prefixes collide after all.
    const ends = collidingEnds(keys[0] as string);
    keys = keys.flatMap((key) => ends.map((end) => key + end));
  }
  return keys;
}

describe("a table of keys that were made to share a fingerprint's word", () => {
  const builder = new KeyBatchBuilder(TEXT);
  const keys = collidingKeys();
  for (const key of keys) builder.addText(key);
  const batch = builder.take();
  const [one, other] = [createKeyTable([batch]), createKeyTable([batch])];

  it("still distributes them evenly", () => {
    expect(new Set(batch.fingerprints.filter((_, i) => i % 2 === 0)).size).toBe(1);
    const runs = Array.from(one.slots, (slot) => (slot === 0 ? " " : "x"))
      .join("")
      .split(" ");
    expect(Math.max(...runs.map(({ length }) => length))).toBeLessThan(400);
  });

  it("has different slots in each table, but the same results", () => {
    expect(one.slots).not.toEqual(other.slots);
    for (const table of [one, other]) {
      expect(keysInTable(table)).toEqual(keys);
      expect(keys.map((key) => findInKeyTable(table, Buffer.from(key), 0, key.length))).toEqual(keys.map((_, i) => i));
    }
  });
});

it("distinguishes similar keys by their fingerprints", () => {
  const seen = new Set<string>();
  const words = new Uint32Array(2);
  let count = 0;
  for (const form of [(i: number) => `f-${i}`, (i: number) => `${i}`, (i: number) => `${String(i).padStart(12, "0")}-a`])
    for (let i = 0; i < 100_000; i += 1) {
      const bytes = Buffer.from(form(i));
      writeFingerprint(bytes, 0, bytes.length, words, 0);
      seen.add(words.join());
      count += 1;
    }
  expect(seen.size).toBe(count);
});

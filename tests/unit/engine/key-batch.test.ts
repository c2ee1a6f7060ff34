import { describe, expect, it } from "vitest";
import { KeyBatchBuilder, keyText, keyTexts } from "../../../lib/engine/key-batch.ts";
import { createKeyTable, findKey, keysInTable } from "../../../lib/engine/key-table.ts";
import { writeFingerprint } from "../../../lib/engine/write-fingerprint.ts";
import { planTable, type Schema } from "../../../lib/schema/table-plan.ts";

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

describe("KeyBatchBuilder", () => {
  it("keeps keys of any length in order, from text and from bytes alike", () => {
    const many = [...KEYS, ...Array.from({ length: 3000 }, (_, i) => `key ${i}`)];
    const [fromText, fromBytes] = [new KeyBatchBuilder(TEXT), new KeyBatchBuilder(TEXT)];
    for (const key of many) {
      fromText.addText(key);
      const bytes = Buffer.from(`"${key}"`);
      fromBytes.add(bytes, 1, bytes.length - 1);
    }
    const batch = fromText.take();
    expect(keyTexts(batch)).toEqual(many);
    expect(keyText(batch, 1)).toBe("Zürich");
    expect(fromBytes.take()).toEqual(batch);
  });

  it("starts anew after clear, and what was taken stays", () => {
    const builder = new KeyBatchBuilder(TEXT);
    builder.addText("A");
    builder.addText("");
    const first = builder.take();
    builder.clear();
    builder.addText("b");
    expect(keyTexts(builder.take())).toEqual(["b"]);
    expect([keyTexts(first), first.looks?.length, first.hidden]).toEqual([["A", ""], 4, [1]]);
  });

  it("has looks only where some key differs from its own", () => {
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

  it("names the keys that nobody sees", () => {
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
  const find = (key: string): number => findKey(table, Buffer.from(`  ${key}`), 2, 2 + Buffer.byteLength(key));

  it("finds each key by its bytes, and the first of equal ones", () => {
    expect(KEYS.map(find)).toEqual(KEYS.map((_, i) => i));
    expect(keysInTable(table)).toEqual([...KEYS, "a"]);
  });

  it("finds no other key", () => {
    expect(["b", "Zürich ", "x", "x".repeat(39_999)].map(find)).toEqual([-1, -1, -1, -1]);
    expect(findKey(createKeyTable([]), Buffer.from("a"), 0, 1)).toBe(-1);
  });
});

it("gives keys that resemble each other different fingerprints", () => {
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

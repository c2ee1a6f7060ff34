import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FingerprintSet } from "../../../lib/check/fingerprint-set.ts";
import { runTables } from "../../../lib/check/run-tables.ts";
import { SimilarKeys } from "../../../lib/check/similar-keys.ts";
import { recordKey } from "../../../lib/contract/record-key.ts";
import type { Dataset } from "../../../lib/dataset/dataset.ts";
import { isHiddenKey } from "../../../lib/engine/is-hidden-key.ts";
import { isKeyAppearanceBlank, keyAppearance } from "../../../lib/engine/key-appearance.ts";
import { type KeyBatch, KeyBatchBuilder } from "../../../lib/engine/key-batch.ts";
import type { Source } from "../../../lib/ports/ports.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable, type TablePlan } from "../../../lib/schema/table-plan.ts";
import { RUNTIME } from "../../runtime.ts";

const schemaOf = (properties: Record<string, Schema>, primaryKey: string[]): Schema => ({
  type: "object",
  properties: { t: { type: "array", primaryKey, items: { type: "object", required: primaryKey, properties } } },
});
const TEXT = schemaOf({ id: { type: "string" } }, ["id"]);
const PAIR = schemaOf({ a: { type: "string" }, b: { type: "integer" } }, ["a", "b"]);

/** The problems of files of records, with one record per line. */
async function problemsOf(schema: Schema, layout: number, ...files: object[][]): Promise<{ at: string; message: string }[]> {
  const texts = new Map(
    files.map((records, i) => [`t/${i}.json`, `[\n${records.map((record) => JSON.stringify(record)).join(",\n")}\n]\n`]),
  );
  const source: Source = {
    list: async () => [...texts].map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) })),
    async *read(path) {
      yield Buffer.from(texts.get(path) ?? "");
    },
  };
  const dataset = { plans: [planTable("t", schema, layout)], files: new Map([["t", [...texts.keys()]]]), filesComplete: true };
  const { problems } = await runTables({ dataset: dataset as unknown as Dataset, source, runtime: RUNTIME });
  return problems.map(({ file, line, message }) => ({ at: `${file}:${line}`, message }));
}

function batchOf(plan: TablePlan, keys: readonly string[]): KeyBatch {
  const builder = new KeyBatchBuilder(plan);
  for (const key of keys) builder.addText(key);
  return builder.take();
}
describe("a key with characters that are invisible", () => {
  it("is a problem even if no other key looks like it", async () => {
    expect(await problemsOf(TEXT, 2, [{ id: "x" }, { id: "al\u00adba" }, { id: " y" }, { id: "z\t" }, { id: "in between" }])).toEqual([
      { at: "t/0.json:3", message: 'The id "al\u00adba" contains a soft hyphen (U+00AD), which is invisible' },
      { at: "t/0.json:4", message: '" y" has a space at its start' },
      { at: "t/0.json:5", message: '"z\\t" has a space at its end' },
    ]);
    expect(
      await problemsOf(PAIR, 2, [
        { a: "x ", b: 1 },
        { a: "y", b: 1 },
      ]),
    ).toEqual([{ at: "t/0.json:2", message: '"x " has a space at its end' }]);
    expect(await problemsOf(TEXT, 2, [{ id: "x" }], [{ id: "x\u200b" }])).toMatchObject([
      { at: "t/1.json:2", message: expect.stringContaining('looks like "x" at t/0.json:2') },
    ]);
  });

  it("is accepted in layout 1, and so are joiners of emoji", async () => {
    expect(await problemsOf(TEXT, 1, [{ id: " y" }, { id: "al\u00adba" }])).toEqual([]);
    expect(await problemsOf(TEXT, 2, [{ id: "👨\u200d👩\u200d👧" }])).toEqual([]);
  });
});

describe("keys that look the same", () => {
  it("are a problem that names both records and the first character that differs", async () => {
    expect(await problemsOf(TEXT, 2, [{ id: "x" }, { id: "alba" }], [{ id: "y" }, { id: "\u0430lba" }])).toEqual([
      {
        at: "t/1.json:3",
        message: 'The id "аlba" looks like "alba" at t/0.json:3: а (U+0430) here, a (U+0061) there',
      },
    ]);
  });

  it("are compared part by part in a composite key", async () => {
    const found = await problemsOf(PAIR, 2, [
      { a: "Rhine", b: 1 },
      { a: "rhine", b: 2 },
      { a: "rhine ", b: 2 },
    ]);
    expect(found.map(({ at }) => at)).toEqual(["t/0.json:4"]);
    expect(found[0]?.message).toContain("a space");
    expect(found[0]?.message).toContain("here, nothing there");
  });

  it("are reported once per record, with the first one", async () => {
    const found = await problemsOf(TEXT, 2, [{ id: "a" }, { id: "A" }, { id: "a" }, { id: "a " }]);
    expect(found.map(({ at, message }) => [at, message.includes("Duplicate")])).toEqual([
      ["t/0.json:3", false],
      ["t/0.json:4", true],
      ["t/0.json:5", false],
    ]);
  });

  it("are a problem if they are invisible", async () => {
    expect(await problemsOf(TEXT, 2, [{ id: "a" }, { id: "" }, { id: "\u200b" }])).toEqual([
      { at: "t/0.json:3", message: "The key of this record is empty or invisible" },
      { at: "t/0.json:4", message: "The key of this record is empty or invisible" },
    ]);
    expect(await problemsOf(PAIR, 2, [{ a: "", b: 1 }])).toEqual([]);
  });

  it("are accepted in layout 1, which is older than the rule", async () => {
    expect(await problemsOf(TEXT, 1, [{ id: "a" }, { id: "A" }, { id: "" }])).toEqual([]);
  });

  it("are not searched among numbers", () => {
    const { looks, hidden: blank } = batchOf(planTable("t", schemaOf({ id: { type: "integer" } }, ["id"])), ["1", "", "A"]);
    expect([looks, blank]).toEqual([undefined, []]);
  });
});

it("finds a similar key if and only if an earlier key has the same appearance", () => {
  const plans = [planTable("t", TEXT), planTable("t", PAIR)];
  const text = fc.string({ unit: fc.constantFrom(...'aA\u0430\\ \u200b"1é'), maxLength: 3 });
  fc.assert(
    fc.property(fc.constantFrom(...plans), fc.array(fc.tuple(text, fc.integer({ min: 0, max: 1 }))), (plan, records) => {
      const [keys, looks] = [new FingerprintSet(), new Set<string>()];
      const similar = new SimilarKeys(plan, keys);
      const texts = records.map(([a, b]) => recordKey(plan, { id: a, a, b }));
      const batch = batchOf(plan, texts);
      for (const [number, key] of texts.entries()) {
        expect(batch.hidden.includes(number)).toBe(isKeyAppearanceBlank(plan, key) || isHiddenKey(plan, key));
        if (!keys.add(batch.fingerprints, number) || batch.hidden.includes(number)) continue;
        const look = keyAppearance(plan, key);
        expect(similar.add(batch, number)).toBe(looks.has(look));
        looks.add(look);
      }
    }),
  );
});

describe("damaged text", () => {
  const NAMED = schemaOf({ id: { type: "string" }, name: { type: "string" } }, ["id"]);
  it("is a problem from layout 2 on", async () => {
    const records = [{ id: "a", name: "L\u0092Aquila" }];
    expect(await problemsOf(NAMED, 2, records)).toEqual([{ at: "t/0.json:2", message: "This text contains a control character (U+0092)" }]);
    expect(await problemsOf(NAMED, 1, records)).toEqual([]);
  });

  it("is not a problem if it may be correct", async () => {
    expect(await problemsOf(NAMED, 2, [{ id: "a", name: "cafÃ©" }])).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runFile } from "../../../lib/check/run-file.ts";
import type { BatchResult } from "../../../lib/engine/engine.ts";
import { createByteEngine } from "../../../lib/engine/fast/byte-engine.ts";
import { keyBatchTexts } from "../../../lib/engine/key-batch.ts";
import type { Batch } from "../../../lib/json/record-batches.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const plan = planTable("t", {
  type: "object",
  properties: {
    t: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id"],
        properties: { id: { type: "string" }, text: { type: "string" }, list: { type: "array", items: { type: "object" } } },
      },
    },
  },
});
const engine = createByteEngine({ plan, labels: new Map(), encoders: [] });

interface Read {
  keys: string[];
  problems: string[];
  places: string[];
  end: unknown;
  unconfirmed: number;
  batches: number;
}

/** Reads a file in chunks that are overwritten once the next one was read. If `expects` is false, every byte is scanned. */
async function read(text: string, batchBytes: number, chunkBytes: number, expects: boolean): Promise<Read> {
  const file = Buffer.from(text);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const given: Uint8Array[] = [];
    for (let at = 0; at < file.length; at += chunkBytes) {
      given.at(-2)?.fill(0x7d);
      given.push(new Uint8Array(file.subarray(at, at + chunkBytes)));
      yield given.at(-1) as Uint8Array;
    }
  }
  const found: Read = { keys: [], problems: [], places: [], end: undefined, unconfirmed: 0, batches: 0 };
  const running = {
    width: 3,
    run: async (batch: Batch): Promise<BatchResult> => engine.run(batch, "check"),
    release() {},
    find: engine.find,
    close: async () => {},
  };
  const receive = async (batch: Batch, result: BatchResult): Promise<void> => {
    const keys = keyBatchTexts(result.keys);
    found.keys.push(...keys);
    found.problems.push(...result.problems.map(({ line, column, message }) => `${line}:${column} ${message}`));
    const places = engine.find(batch, { keys: new Set(keys) });
    found.places.push(...places.map(({ line, column, key }) => `${line}:${column} ${key}`));
    found.batches += 1;
    if (batch.isSpeculative) found.unconfirmed += 1;
  };
  const cutting = { batchBytes, expectFromBytes: expects ? 0 : file.length + 1 };
  found.end = await runFile(chunks(), file.length, { engine: running, task: () => "check", receive }, cutting);
  return found;
}

const listOf = (count: number, separator: string, record: (i: number) => object = (i) => ({ id: `k-${i}`, text: "x" })): string =>
  `[\n${Array.from({ length: count }, (_, i) => JSON.stringify(record(i))).join(separator)}\n]\n`;

async function expectSame(text: string, batchBytes = 200, chunkBytes = 333): Promise<Read> {
  const { unconfirmed, batches, ...expected } = await read(text, batchBytes, chunkBytes, true);
  const { unconfirmed: none, batches: scannedBatches, ...scanned } = await read(text, batchBytes, chunkBytes, false);
  expect(expected).toEqual(scanned);
  expect(none).toBe(0);
  return { unconfirmed, batches, ...expected };
}

describe("a file that is cut where cuts are expected", () => {
  it.each([",\n", ",", "\n,\n", ",\n\n\t"])("returns the same keys and places as scanning: records with %j between", async (separator) => {
    const found = await expectSame(listOf(100, separator));
    expect(found.keys).toHaveLength(100);
    expect(found.unconfirmed).toBe(found.batches);
    expect(found.unconfirmed).toBeGreaterThan(8);
  });

  it("is cut where the scanner would cut it", async () => {
    const text = listOf(100, ",\n", (i) => ({ id: `k-${i}`, text: "é".repeat(i % 17) }));
    const [cut, scanned] = [await read(text, 300, 100, true), await read(text, 300, 777, false)];
    expect(cut.batches).toBe(scanned.batches);
  });

  it.each([
    ["records that are short", listOf(100, ",\n"), true],
    [
      "a first record that is too long to say what stands between",
      listOf(100, ",\n", (i) => ({ id: `k-${i}`, text: "x".repeat(i === 0 ? 250 : 5) })),
      false,
    ],
  ])("is cut alike regardless of chunk boundaries: %s", async (_what, text, isCut) => {
    const found = await Promise.all([1, 7, 333, text.length].map((chunkBytes) => read(text, 200, chunkBytes, true)));
    expect(found[0]?.keys).toHaveLength(100);
    expect((found[0]?.unconfirmed ?? 0) > 8).toBe(isCut);
    for (const one of found) expect(one).toEqual(found[0]);
  });

  it("is scanned if a piece has a problem, and only there", async () => {
    const text = listOf(100, ",\n", (i) => (i === 50 ? { id: 5 } : { id: `k-${i}` }));
    const found = await expectSame(text);
    expect(found.problems).toEqual([expect.stringMatching(/^52:/)]);
    expect(found.batches - found.unconfirmed).toBe(1);
  });

  it("is scanned from the first wrong cut on", async () => {
    const inside = { id: "in", list: Array.from({ length: 60 }, () => ({ a: 1 })) };
    const text = listOf(40, ",", (i) => (i === 20 ? inside : { id: `k-${i}` }));
    const found = await expectSame(text);
    expect(found.keys).toHaveLength(40);
    expect(found.unconfirmed).toBeGreaterThan(0);
    expect(found.batches).toBeGreaterThan(found.unconfirmed);
  });

  it("places a mistake correctly after expected cuts", async () => {
    const good = listOf(60, ",\n");
    const { problems } = await expectSame(good.replace('\n{"id":"k-40"', "{"));
    expect(problems).toEqual(["41:27 The object starts with a comma"]);
    for (const [from, to] of [
      ['"k-40","text":"x"}', '"k-40","text":"x"'],
      ['"k-40","text":"x"}', '"k-40","text":"x}'],
      ['"k-40","text":"x"},', '"k-40","text":"x"}'],
      ['"k-40","text":"x"},', '"k-40","text":"x"},,'],
      ['{"id":"k-40"', '<<<<<<< HEAD\n{"id":"k-40"'],
      ["\n]\n", ""],
      ["\n]\n", ",]"],
      ["\n]\n", "\n]]"],
      ["\n]\n", "\n] x"],
    ] as const) {
      expect(good).toContain(from);
      await expectSame(good.replace(from, to));
    }
  });

  it("reports each value that is not a record, regardless of batches", async () => {
    const parts = ['{"id":"a"}', '{"id":"b"}', '{"id":"c","text":"},{"}', "5", '{"id":"d"}', '{"id":"e"}', "5", '{"id":"f" 1}'];
    const { problems } = await expectSame(`[\n${parts.join(",\n")},\n{"id":"z"}\n]\n`, 40, 1);
    expect(problems.map((problem) => problem.split(" ")[0])).toEqual(["5:1", "8:1", "9:11"]);
  });

  it("reports a record without its opening bracket once", async () => {
    const { problems } = await expectSame('[\n{"id":"a"},\n"id":"b",\n"text":"c"},\n{"id":"d"}\n]\n', 40, 1);
    expect(problems).toHaveLength(1);
  });

  it("runs no more batches after a stop", async () => {
    const file = Buffer.from(listOf(100, ",\n", (i) => (i >= 20 ? { id: i } : { id: `k-${i}` })));
    const ran: Batch[] = [];
    const received: Batch[] = [];
    const running = {
      width: 8,
      run: async (batch: Batch): Promise<BatchResult> => {
        ran.push(batch);
        return { ...engine.run(batch, "check"), stopped: !batch.isSpeculative };
      },
      release() {},
      find: engine.find,
      close: async () => {},
    };
    const tasks = { engine: running, task: () => "check" as const, receive: async (batch: Batch) => void received.push(batch) };
    const chunks = async function* () {
      yield* [file.subarray(0, 300), file.subarray(300)];
    };
    expect(await runFile(chunks(), file.length, tasks, { batchBytes: 200, expectFromBytes: 0 })).toMatchObject({ isStopped: true });
    const scanned = ran.filter(({ isSpeculative }) => !isSpeculative);
    expect(scanned).toHaveLength(1);
    expect(received.at(-1)).toBe(scanned[0]);
    expect(ran.indexOf(scanned[0] as Batch)).toBe(ran.length - 1);
  });

  it.each(["", "[", "[]", "[]\n", "{}", "[5]", '[{"id":"a"}]', "\ufeff[]", '[{"id":"a"},5]', ' [ {"id":"a"} , {"id":"b"} ] '])(
    "may be small or empty: %j",
    async (text) => {
      await expectSame(text);
      await expectSame(text, 4, 1);
    },
  );
});

it("gives the same result for every file with expected cuts as with scanning", async () => {
  const record = fc.constantFrom(
    '{"id":"a"}',
    '{"id":"b","text":"},{"}',
    '{"id":"c","list":[{"a":1},{"b":2},\n{"c":3}]}',
    '{"id":"é","text":"北京"}',
    '{\n  "id": "d"\n}',
    '{"id":5}',
    '{"id":"e","id":"f"}',
    '{"id":"g"',
    "5",
  );
  const separator = fc.constantFrom(",\n", ",\n", ",\n", ",", ", ", "\n", ",,");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(record, separator), { maxLength: 40 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 300 }),
      async (parts, batchBytes, chunkBytes) => {
        const text = `[\n${parts.map(([one, after]) => one + after).join("")}{"id":"z"}\n]\n`;
        await expectSame(text, batchBytes, chunkBytes);
      },
    ),
    { numRuns: 300 },
  );
});
